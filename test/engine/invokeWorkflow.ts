import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { CredentialStore } from './core/credentialsHelper';
import { itemsAt, runWorkflow, type WorkflowJson } from './core/runWorkflow';
import { SHOP_APP } from './accounts';

export const CREDENTIAL_ID = 'shop';

/** A store that holds one credential for the sandbox. */
export function storeOf(
	sandboxUrl: string,
	fields: ICredentialDataDecryptedObject = SHOP_APP,
): CredentialStore {
	return new Map([
		[
			CREDENTIAL_ID,
			{
				mode: 'accessToken',
				source: 'wechat',
				apiHost: 'custom',
				customApiHost: sandboxUrl,
				...fields,
			},
		],
	]);
}

export interface Step {
	store: CredentialStore;
	/** The json of the input items. */
	rows: unknown[];
	/** Beside the json of every input item; a list: beside that of each. */
	binary?: IBinaryKeyData | Array<IBinaryKeyData | undefined>;
	/** Node parameters over the defaults; `environment` and `functionName` as plain text. */
	parameters?: Record<string, unknown>;
	onError?: OnError;
	/** Fields of the node itself, such as retryOnFail. */
	node?: object;
	/** Gets what the editor's Stop button does. */
	onStart?: (stop: () => void) => void;
	/** What else the engine finds, such as n8n's mocks of requests. */
	prepared?: Partial<IWorkflowExecuteAdditionalData>;
}

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

export type FailedItem = { error: Record<string, unknown> } & Record<string, unknown>;

export interface Branches {
	run: IRun;
	success: unknown[];
	error: FailedItem[];
	/** What left through each output of the node, in their order. */
	outputs: FailedItem[][];
	/** What `$('Rows').item.json` gives behind each branch. */
	successSources: unknown[];
	errorSources: unknown[];
}

/** Rows -> Invoke Cloud Function -> a node on each branch that traces its items back to the rows. */
export async function runInvoke(step: Step): Promise<Branches> {
	const workflow = buildInvokeWorkflow(step);
	return readBranches(
		await runWorkflow(workflow, listRows(step), step.store, step.onStart, step.prepared),
	);
}

export function listRows({ rows, binary }: Step): INodeExecutionData[] {
	return rows.map((json, i) => {
		const own = Array.isArray(binary) ? binary[i] : binary;
		return { json, binary: own } as INodeExecutionData;
	});
}

export function buildInvokeWorkflow(
	step: Pick<Step, 'parameters' | 'onError' | 'node'>,
): WorkflowJson {
	const { parameters, onError } = step;
	const { name: invoke = 'Invoke' } = (step.node ?? {}) as { name?: string };
	const { environment = 'shop-demo', functionName = 'echo', ...others } = parameters ?? {};
	const node = (name: string, type: string, extra: object = {}) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
		...extra,
	});
	const trace = { parameters: { value: "={{ $('Rows').item.json }}" } };
	const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
	return {
		nodes: [
			node('Rows', 'test.passThrough'),
			node(invoke, 'n8n-nodes-wechat-cloud-function.invokeCloudFunction', {
				...step.node,
				onError: onError ?? 'continueErrorOutput',
				credentials: { weChatCloudFunctionApi: { id: CREDENTIAL_ID, name: 'Shop' } },
				parameters: {
					environment: { __rl: true, mode: 'id', value: environment },
					functionName: { __rl: true, mode: 'name', value: functionName },
					...others,
				},
			}),
			node('Success', 'test.passThrough'),
			node('Error', 'test.passThrough'),
			node('Success Source', 'test.evaluate', trace),
			node('Error Source', 'test.evaluate', trace),
		],
		connections: {
			Rows: { main: [[to(invoke)]] },
			[invoke]: { main: [[to('Success')], [to('Error')]] },
			Success: { main: [[to('Success Source')]] },
			Error: { main: [[to('Error Source')]] },
		},
	};
}

/** What a run that has ended came to. */
export function readBranches(run: IRun): Branches {
	const values = (name: string) =>
		itemsAt(run, name).map((json) => (json as { value: unknown }).value);
	return {
		run,
		success: itemsAt(run, 'Success'),
		error: itemsAt(run, 'Error') as FailedItem[],
		outputs: (run.data.resultData.runData.Invoke?.[0]?.data?.main ?? []).map((items) =>
			(items ?? []).map(({ json }) => json as FailedItem),
		),
		successSources: values('Success Source'),
		errorSources: values('Error Source'),
	};
}

import { WebhookContext, WorkflowExecute } from 'n8n-core';
import type { IRun, IRunExecutionData } from 'n8n-workflow';
import {
	buildInvokeWorkflow,
	listRows,
	readBranches,
	storeOf,
	type Branches,
	type Step,
} from './invokeWorkflow';
import type { CredentialStore } from './core/credentialsHelper';
import { nodeTypes } from './core/nodeTypes';
import { openWorkflow, runWorkflow, type WorkflowJson } from './core/runWorkflow';
import { startScriptedServer, type ScriptedServer, type Script } from './scriptedServer';

/** An answer to a call, and what became of the workflow where it went on. */
export interface Answer {
	status: number;
	body: unknown;
	branches?: Branches;
	/** The same execution, which may wait again. */
	next?: WaitingRun;
}

/** An execution that has begun, and may wait. */
export interface WaitingRun {
	run: IRun;
	/** What the editor shows of it. */
	branches: Branches;
	/** Calls an address as a function does. Each call finds the execution as n8n has saved it. */
	call(address: string, body: string | Buffer): Promise<Answer>;
	/** Lets the time limit pass. */
	endTime(): Promise<Branches>;
}

/** Runs an invocation up to its wait. What follows is n8n's own doing, after dist/webhooks of n8n 2.41.1. */
export async function startWaiting(step: Step): Promise<WaitingRun> {
	return await start(step, buildInvokeWorkflow(step));
}

/** The same with the rows invoked in two runs of the node, one after the other, as a loop does. */
export async function startRounds(step: Step): Promise<WaitingRun> {
	const workflowJson = buildInvokeWorkflow(step);
	const [rows] = workflowJson.nodes;
	workflowJson.nodes.push({ ...rows, id: 'again', name: 'Again' });
	const { Rows } = workflowJson.connections;
	workflowJson.connections.Again = { main: [...Rows.main] };
	Rows.main = [[...(Rows.main[0] ?? []), { node: 'Again', type: 'main', index: 0 }]];
	return await start(step, workflowJson);
}

/** What each process that goes on with an execution knows of it. */
interface Known {
	workflowJson: WorkflowJson;
	store: CredentialStore;
	prepared: { executionId: string };
}

/** Each has a number of its own, as in an n8n. */
let executions = 0;

async function start(step: Step, workflowJson: WorkflowJson): Promise<WaitingRun> {
	executions += 1;
	const { store } = step;
	const prepared = { executionId: String(executions) };
	const run = await runWorkflow(workflowJson, listRows(step), store, undefined, prepared);
	return openWaiting({ workflowJson, store, prepared }, run);
}

function openWaiting(known: Known, run: IRun): WaitingRun {
	const open = () => openWorkflow(known.workflowJson, known.store, known.prepared);

	/** As another process reads it out of the database. */
	function load() {
		const data = JSON.parse(JSON.stringify(run.data)) as IRunExecutionData;
		const [entry] = data.executionData?.nodeExecutionStack ?? [];
		if (entry === undefined) throw new Error('The execution does not wait.');
		return { data, entry };
	}

	async function resume(data: IRunExecutionData): Promise<IRun> {
		const { workflow, additionalData } = open();
		return await new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(
			workflow,
		);
	}

	return {
		run,
		branches: readBranches(run),
		async call(address, body) {
			const { data, entry } = load();
			entry.node.disabled = true;
			data.waitTill = undefined;
			data.resultData.runData[entry.node.name].pop();
			const { workflow, additionalData } = open();
			const query = Object.fromEntries(new URL(address).searchParams);
			additionalData.httpRequest = { headers: {}, query, rawBody: Buffer.from(body) } as never;
			const answer: Answer = { status: 200, body: undefined };
			const response = {
				status(status: number) {
					answer.status = status;
					return response;
				},
				json(given: unknown) {
					answer.body = given;
				},
			};
			additionalData.httpResponse = response as never;
			const node = workflow.nodes[entry.node.name];
			const { webhook, description } = nodeTypes.getByNameAndVersion(node.type, 1);
			const context = new WebhookContext(
				workflow,
				node,
				additionalData,
				'manual',
				{ webhookDescription: description.webhooks?.[0] } as never,
				[],
				data,
			);
			const received = (await webhook?.call(context)) ?? {};
			if (received.workflowData === undefined) return answer;
			entry.data.main = received.workflowData;
			entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as never;
			const resumed = await resume(data);
			return {
				status: 200,
				body: received.webhookResponse,
				branches: readBranches(resumed),
				next: openWaiting(known, resumed),
			};
		},
		async endTime() {
			return readBranches(await resume(load().data));
		},
	};
}

/** A WeChat that takes down what is to run later. */
export interface LaterServer extends ScriptedServer {
	/** The events of the functions that are to run later. */
	events(): Array<Record<string, unknown>>;
}

export async function startLaterServer(answers: Script = {}): Promise<LaterServer> {
	const server = await startScriptedServer({
		'/cgi-bin/stable_token': { body: { access_token: 'sandbox-dummy-token', expires_in: 7200 } },
		[LATER_PATH]: { body: { errcode: 0, errmsg: 'ok' } },
		...answers,
	});
	return {
		...server,
		events: () =>
			server.requests
				.filter(({ path }) => path === LATER_PATH)
				.map(({ body }) => JSON.parse(String(body.data)) as Record<string, unknown>),
	};
}

export const LATER_PATH = '/tcb/adddelayedfunctiontask';

/** Invokes a function that calls back, for an item of its own if the step has none. */
export async function startReport(
	server: LaterServer,
	step: Partial<Step> = {},
	start = startWaiting,
) {
	const before = server.events().length;
	const waiting = await start({
		store: storeOf(server.url),
		rows: [{ month: '2025-03' }],
		...step,
		parameters: { functionName: 'monthlyReport', invocationType: 'callback', ...step.parameters },
	});
	const events = server.events().slice(before);
	return { ...waiting, events, event: events[0], address: String(events[0]?.callbackUrl) };
}

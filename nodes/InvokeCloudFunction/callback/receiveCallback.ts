import type {
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { parseLenientJson } from '../../../wechat/answer/lenientJson';
import { chooseParser, judgeOwnWords } from '../../../wechat/outcome/returnValue';
import { DEFAULT_CONCURRENCY } from '../description/options';
import { readBody } from '../../readBody';
import { hasFilesToFetch, openTransfers } from '../files/transfers';
import { writeOutputs } from '../output/writeOutputs';
import { openAccounts } from '../run/accounts';
import { settle } from '../run/answered';
import type { Answered, Invocation } from '../run/job';
import { openLimits } from '../run/limits/limits';
import { createPace } from '../run/limits/pace';
import type { StepAside } from '../run/runBounded';
import { createPatience } from '../run/wait';
import { listCalledSecrets, readRound } from './address';
import { dropCall, holdCall, takeCall } from './taken';
import { readWaiting, type Waiting } from './waiting';

/** What a call is answered where the workflow does not go on with it. */
interface Refusal {
	kind: 'refused';
	status: number;
	error: string;
}

type Receipt = Refusal | { kind: 'taken'; workflowData: INodeExecutionData[][] };

/** Never rejects: n8n would go on with one empty item. */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const receipt = await decide(context).catch(() => FAILED);
	if (receipt.kind === 'taken') {
		// n8n 2 sends it once it has claimed the execution.
		const webhookResponse = { message: 'The workflow goes on with this result.' };
		return { workflowData: receipt.workflowData, webhookResponse };
	}
	context.getResponseObject().status(receipt.status).json({ error: receipt.error });
	return { noWebhookResponse: true };
}

async function decide(context: IWebhookFunctions): Promise<Receipt> {
	const round = readRound(context);
	if (round === undefined) return refuse(401, 'This is not an address that the workflow gave out.');
	const waiting = readWaiting(context);
	if (waiting?.round !== round) return refuse(410, 'The workflow does not wait for this call.');
	const body = await readBody(context, Number.MAX_SAFE_INTEGER);
	if (body === 'tooLarge') return refuse(413, 'The result is larger than n8n takes.');
	const result = body === 'noBody' ? undefined : readResult(body.toString(), context, waiting);
	if (result === undefined) return refuse(400, 'The body of the call is no JSON.');
	const wait = JSON.stringify([context.getExecutionId(), context.getNode().id, round]);
	if (!takeCall(wait)) return refuse(409, 'The workflow goes on with another call already.');
	const workflowData = await writeResult(context, waiting, result).catch(() => undefined);
	if (workflowData === undefined) {
		dropCall(wait);
		return FAILED;
	}
	holdCall(wait);
	return { kind: 'taken', workflowData };
}

function refuse(status: number, error: string): Refusal {
	return { kind: 'refused', status, error };
}

const FAILED = refuse(500, 'n8n could not take the result.');

/** The function's return value. undefined if the text is no JSON. */
function readResult(text: string, context: IWebhookFunctions, { rules }: Waiting): unknown {
	// A function that returns its event returns the address.
	const clean = listCalledSecrets(context).reduce(
		(rest, secret) => rest.replaceAll(secret, REMOVED),
		text,
	);
	return parseLenientJson(clean, chooseParser(rules));
}

const REMOVED = '[removed]';

/** From here on it is a result like any other. */
async function writeResult(
	context: IWebhookFunctions,
	waiting: Waiting,
	result: unknown,
): Promise<INodeExecutionData[][]> {
	const { entries, attempts, rules } = waiting;
	const outcome = judgeOwnWords(result, 'ok');
	const settled = settle(await restore(context, waiting), { outcome, attempts });
	const answered = await fetchFiles(context, settled);
	const fields = entries.map((entry) => entry.fields);
	const includeInputFields = fields.some((each) => each !== undefined);
	const items = fields.map((each) => ({ json: (each ?? {}) as INodeExecutionData['json'] }));
	const apart = rules.simplify ? answered : onePerItem(answered);
	return writeOutputs({ items, isTool: false }, apart, {
		byCategory: false,
		includeInputFields,
	});
}

async function restore(context: IWebhookFunctions, waiting: Waiting): Promise<Invocation> {
	const { target, rules, inBatch, entries, callbackField } = waiting;
	const secrets = listCalledSecrets(context);
	return {
		kind: 'invocation',
		account: await openAccounts(context, false)(0),
		...{ target, rules, inBatch },
		patience: createPatience(rules.waitForLimitsMs),
		callback: { field: callbackField, url: REMOVED, secrets, limitSeconds: 0 },
		entries: entries.map(({ json }, itemIndex) => ({
			kind: 'entry',
			itemIndex,
			event: {},
			json,
			files: [],
		})),
	};
}

/** As the node at work does, but that nothing can stop it. */
async function fetchFiles(context: IWebhookFunctions, answered: Answered[]): Promise<Answered[]> {
	const unstoppable = Object.create(context, {
		getExecutionCancelSignal: { value: () => undefined },
	}) as IExecuteFunctions;
	const isStopped = () => false;
	const limits = openLimits(DEFAULT_CONCURRENCY, isStopped);
	const run = { context: unstoppable, limits, pace: createPace(0, isStopped), isStopped };
	const transfers = openTransfers(run, DEFAULT_CONCURRENCY, NOTHING_SENT);
	const stepAside: StepAside = async (wait) => await wait();
	const fetched = await Promise.all(
		answered.map(async (each) =>
			hasFilesToFetch(each) ? await transfers.fetch(each, stepAside) : [each],
		),
	);
	limits.close();
	return fetched.flat();
}

const NOTHING_SENT = { find: () => undefined, remember: () => {} };

/**
 * n8n pairs what leaves after a wait with the input by its place alone. Where some items of a batch failed, each of
 * the others comes out on its own, so that every failure has its own input beside it.
 */
function onePerItem(answered: Answered[]): Answered[] {
	if (answered.length < 2) return answered;
	return answered.flatMap((each) => {
		const { outcome, itemIndexes } = each;
		if (outcome.kind === 'failure' || !Array.isArray(outcome.result)) return [each];
		const elements: unknown[] = outcome.result;
		return elements.map((element, i) => ({
			...each,
			itemIndexes: [itemIndexes[i]],
			outcome: { ...outcome, result: element },
		}));
	});
}

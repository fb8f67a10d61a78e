import type { IBinaryData, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { readRetryAfter, type Answer } from '../../wechat/answer/answer';
import { readTransportError } from '../../wechat/answer/transportError';

/** Where n8n keeps files out of memory, it hands them over as streams. */
export type FileStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

export interface Form {
	/** The value of the Content-Type header. */
	contentType: string;
	body: Buffer | FileStream;
	/** Of the body. */
	bytes: number;
}

export interface Fetched {
	kind: 'fetched';
	data: IBinaryData;
}

interface Reply<T> {
	statusCode: number;
	headers: Record<string, unknown>;
	body: T;
}

/** A file slower than this is given up. */
const SLOWEST_BYTES_PER_MS = 100;
const LEAST_MS = 30_000;
/** For a file whose size nobody tells. */
const UNKNOWN_SIZE_MS = 3_600_000;
const LONGEST_ERROR_BYTES = 5000;

/** Sends a file to cloud storage, which gets no token. Never throws. */
export async function postForm(
	context: IExecuteFunctions,
	url: string,
	{ contentType, body, bytes }: Form,
	timeoutMs: number,
): Promise<Answer> {
	const limit = limitTime(limitTransferMs(bytes, timeoutMs), context);
	try {
		const reply = await send<unknown>(context, {
			method: 'POST',
			url,
			body,
			headers: { 'Content-Type': contentType, 'Content-Length': bytes },
			encoding: 'text',
			timeout: limit.ms,
			abortSignal: limit.signal,
		});
		return toAnswer(reply, String(reply.body ?? ''));
	} catch (error) {
		return limit.explain(error);
	}
}

/**
 * Fetches a file from cloud storage into n8n's own, without holding it in memory where n8n does not. Never throws.
 * @param link a signed address: it goes nowhere else
 */
export async function fetchFile(
	context: IExecuteFunctions,
	link: string,
	fileName: string,
	timeoutMs: number,
): Promise<Fetched | Answer> {
	let limit = limitTime(Math.max(timeoutMs, LEAST_MS), context);
	try {
		const reply = await send<FileStream>(context, {
			url: link,
			encoding: 'stream',
			timeout: limit.ms,
			abortSignal: limit.signal,
		});
		const { statusCode, headers, body } = reply;
		const bytes = Number(headers['content-length']) || undefined;
		limit = limitTime(limitTransferMs(bytes, timeoutMs), context);
		limit.signal.addEventListener('abort', () => body.destroy(new Error('The time is up.')));
		if (statusCode !== 200) return toAnswer(reply, await readStart(body));
		// Without a name, n8n would put the address into the item.
		const data = await context.helpers.prepareBinaryData(body, fileName, readType(headers));
		return { kind: 'fetched', data };
	} catch (error) {
		return limit.explain(error);
	}
}

/** How long a file of this size may take. */
function limitTransferMs(bytes: number | undefined, timeoutMs: number): number {
	if (bytes === undefined) return UNKNOWN_SIZE_MS;
	return Math.ceil(Math.max(timeoutMs, LEAST_MS) + bytes / SLOWEST_BYTES_PER_MS);
}

/** The type as storage tells it; undefined where that says nothing, so that n8n goes by the name. */
function readType(headers: Record<string, unknown>): string | undefined {
	const type = String(headers['content-type'] ?? '').split(';')[0];
	return type === '' || type.endsWith('/octet-stream') ? undefined : type;
}

async function readStart(stream: FileStream): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of stream) {
		chunks.push(chunk as Buffer);
		bytes += (chunk as Buffer).length;
		if (bytes > LONGEST_ERROR_BYTES) break;
	}
	return Buffer.concat(chunks).toString('utf8');
}

function toAnswer({ statusCode, headers }: Reply<unknown>, text: string): Answer {
	const retryAfterMs = readRetryAfter(headers['retry-after']);
	return { kind: 'answer', status: statusCode, text, retryAfterMs };
}

/** No credential is read here: what goes to cloud storage has none. */
async function send<T>(
	context: IExecuteFunctions,
	options: IHttpRequestOptions,
): Promise<Reply<T>> {
	return (await context.helpers.httpRequest({
		...options,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	})) as Reply<T>;
}

/** Time that runs out for all of it, n8n's own limit being for silence only; or until n8n's Stop. */
function limitTime(ms: number, context: IExecuteFunctions) {
	const isLate = AbortSignal.timeout(ms);
	const stop = context.getExecutionCancelSignal();
	return {
		ms,
		signal: stop === undefined ? isLate : AbortSignal.any([isLate, stop]),
		explain: (error: unknown): Answer =>
			isLate.aborted ? { kind: 'none', reason: 'timeout' } : readTransportError(error),
	};
}

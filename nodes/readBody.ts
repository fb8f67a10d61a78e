import type { IWebhookFunctions } from 'n8n-workflow';

/** What n8n adds to a request of Express. */
interface RawRequest {
	rawBody?: Buffer;
	/** Reads the body into `rawBody`; rejects above n8n's own limit. */
	readRawBody?(): Promise<void>;
}

/**
 * The body of a call as it came in, byte for byte; what is announced as too large is not read at all.
 * @param mostBytes above n8n's own limit, N8N_PAYLOAD_SIZE_MAX, that one counts
 */
export async function readBody(
	context: IWebhookFunctions,
	mostBytes: number,
): Promise<Buffer | 'tooLarge' | 'noBody'> {
	if (Number(context.getHeaderData()['content-length'] ?? 0) > mostBytes) return 'tooLarge';
	const request = context.getRequestObject() as RawRequest;
	if (!request.rawBody) {
		const problem = await request.readRawBody?.().then(() => undefined, describeProblem);
		if (problem) return problem;
	}
	return request.rawBody ?? 'noBody';
}

function describeProblem(error: { type?: string }): 'tooLarge' | 'noBody' {
	return error.type === 'entity.too.large' ? 'tooLarge' : 'noBody';
}

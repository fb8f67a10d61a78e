import type { IWebhookFunctions } from 'n8n-workflow';
import { MAX_PUSH_BYTES } from '../../../wechat/push/readPush';

/** What n8n adds to a request of Express. */
interface RawRequest {
	rawBody?: Buffer;
	/** Reads the body into `rawBody`; rejects above n8n's own limit. */
	readRawBody?(): Promise<void>;
}

/** The body as it came in, byte for byte; what is announced as too large is not read at all. */
export async function readBody(
	context: IWebhookFunctions,
): Promise<Buffer | 'tooLarge' | 'noBody'> {
	if (Number(context.getHeaderData()['content-length'] ?? 0) > MAX_PUSH_BYTES) return 'tooLarge';
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

import { isRecord } from './answer';
import {
	BUSY,
	CHECK_FIRST_HINT,
	CONFIGURATION,
	RATE,
	TOO_LARGE,
	UNKNOWN_OUTCOME,
	type Meaning,
} from '../codes/kinds';

/** More than is shown: a secret must not be cut in two before it is looked for. */
const KEPT_TEXT_LENGTH = 5000;

const HOST_HINT = 'Check the API host in the credential and any proxy in between.';

/**
 * What an answer means that is not WeChat's: a proxy, a firewall or a gateway gave it. Such a server
 * refuses a request (4xx) before it passes it on, so that no function has run. Behind any other status
 * the request may have reached WeChat.
 */
export function explainStranger(status: number, text: string, parsed: unknown): Meaning {
	const sender = describeSender(text, parsed);
	const known = STATUSES[status];
	if (known !== undefined) return known;
	const what = `the answer is not one of WeChat's, but ${sender.what}`;
	const hint = sender.hint ?? HOST_HINT;
	if (status >= 400 && status < 500 && !HUNG_UP.has(status))
		return { ...CONFIGURATION, what, hint };
	return { ...UNKNOWN_OUTCOME, what, hint: `${hint} ${CHECK_FIRST_HINT}` };
}

const RETRY_HINT = 'Run the item again in a moment.';

/** Statuses that say more than that the request was refused. None of them was passed on. */
const STATUSES: Readonly<Record<number, Meaning>> = {
	407: {
		...CONFIGURATION,
		what: 'the proxy between n8n and WeChat wants a user name and a password',
		hint: 'Put them into the proxy settings of n8n (HTTPS_PROXY), or let the proxy pass requests to WeChat without.',
	},
	408: {
		...BUSY,
		what: 'a server between n8n and WeChat did not receive the whole request in time',
		hint: RETRY_HINT,
	},
	413: {
		...TOO_LARGE,
		what: 'the request data is too large for a server between n8n and WeChat',
		hint: 'Send less data per item, or smaller batches.',
	},
	425: { ...BUSY, what: 'a server between n8n and WeChat was not ready', hint: RETRY_HINT },
	429: {
		...RATE,
		what: 'a server between n8n and WeChat received too many requests',
		hint: 'Run the item again in a minute, or set Requests per Second.',
	},
};

/** The caller hung up, as the servers of nginx and of Amazon put it: that was after the request. */
const HUNG_UP: ReadonlySet<number> = new Set([499, 460]);

function describeSender(text: string, parsed: unknown): { what: string; hint?: string } {
	const start = text.slice(0, 200).trim();
	if (start === '') return { what: 'empty' };
	if (isRecord(parsed) && isCloudBase(parsed)) {
		return {
			what: "of CloudBase's own gateway, which is not WeChat's API",
			hint: 'Choose one of the API hosts of WeChat in the credential.',
		};
	}
	if (parsed !== undefined) return { what: 'JSON of another server' };
	if (start.startsWith('<')) {
		return {
			what: 'a web page, such as the login page of a proxy',
			hint: `${HOST_HINT} A proxy may want a login, or block WeChat.`,
		};
	}
	return start.startsWith('{') ? { what: 'JSON that is cut off or damaged' } : { what: 'a text' };
}

/** `{"code":"INVALID_ENV","message":"…","requestId":"…"}` */
function isCloudBase({ code, requestId }: Record<string, unknown>): boolean {
	return (
		typeof code === 'string' && /^[A-Z][A-Z_]{2,}$/.test(code) && typeof requestId === 'string'
	);
}

/** Its status and its beginning, to be shown. */
export function quoteStranger(status: number, text: string): string {
	const oneLine = text.slice(0, KEPT_TEXT_LENGTH).replace(/\s+/g, ' ').trim();
	return `HTTP ${status}: ${oneLine === '' ? '(empty answer)' : oneLine}`;
}

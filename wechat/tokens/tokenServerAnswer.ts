import { isRecord, type Answer } from '../outcome/answer';
import type { Meaning } from '../outcome/codes';
import { parseJson } from '../outcome/exactJson';
import type { Failed } from '../outcome/outcome';
import { readLifetime, toFailed, type TokenGrant } from './tokenAnswer';

const BAD: Pick<Meaning, 'category' | 'retryable' | 'ran'> = {
	category: 'credential-invalid',
	retryable: false,
	ran: 'no',
};
const DOWN: typeof BAD = { category: 'temporarily-unavailable', retryable: true, ran: 'no' };

/**
 * Reads the answer of a company's own token server.
 * @param path where the token stands in the JSON, for example `data.access_token`;
 *   `expires_in` (seconds) beside it is its remaining lifetime
 */
export function readTokenServerAnswer(answer: Answer, path: string): TokenGrant | Failed {
	if (answer.kind === 'none') return toFailed(explainSilence(answer.reason));
	const { status, text } = answer;
	if (status < 200 || status > 299) return toFailed(explainStatus(status));
	const body = parseJson(text);
	if (body === undefined) {
		const what = /^\s*</.test(text) ? 'HTML' : text.trim() === '' ? 'nothing' : 'a text';
		return toFailed({
			...BAD,
			what: `the token server answered ${what} instead of JSON`,
			hint: 'Check the address of the token server in the credential. It may lead to a login page.',
		});
	}
	const keys = path.split('.');
	const holder = keys.slice(0, -1).reduce(step, body);
	const token = step(holder, keys[keys.length - 1]);
	if (!isRecord(holder) || typeof token !== 'string' || token === '') {
		return toFailed({
			...BAD,
			what: `the token server's answer holds no text at "${path}"`,
			hint: 'Enter in the credential the path at which the token stands in the answer, for example data.access_token.',
		});
	}
	const lifetimeSeconds = readLifetime(holder.expires_in);
	return { kind: 'granted', token, lifetimeSeconds, fields: holder };
}

function step(value: unknown, key: string): unknown {
	return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function explainSilence(reason: string): Meaning {
	return {
		...DOWN,
		what:
			reason === 'timeout'
				? 'the token server did not answer in time'
				: 'the token server could not be reached',
		hint: 'Check that it runs and that its address in the credential is right, then run the item again.',
	};
}

function explainStatus(status: number): Meaning {
	if (status === 401 || status === 403) {
		return {
			...BAD,
			what: `the token server refused the request (HTTP ${status})`,
			hint: 'Check the Authorization header in the credential.',
		};
	}
	return {
		...(status >= 500 ? DOWN : BAD),
		what: `the token server answered HTTP ${status}`,
		hint: 'Look into its log, and check its address in the credential.',
	};
}

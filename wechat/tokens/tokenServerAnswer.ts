import { BUSY, CREDENTIAL, type Meaning } from '../codes/kinds';
import { isRecord, type Answer, type NoAnswerReason } from '../answer/answer';
import { readErrcode, toFailed, toHarmless, type Failed } from '../answer/envelope';
import { findMeaning, LOOKED_AT_LENGTH } from '../codes/catalogue';
import { UNLISTED } from '../codes/families';
import { parseLenientJson } from '../answer/lenientJson';
import { shorten } from '../outcome/redact';
import { explainSilence } from '../answer/silence';
import { readLifetime, readToken, type TokenGrant } from './tokenAnswer';

type Fields = Record<string, unknown>;

/**
 * Reads the answer of a company's own token server.
 * @param path where the token stands in the JSON, for example `data.access_token`;
 *   `expires_in` (seconds) beside it, or at the top, is its remaining lifetime
 */
export function readTokenServerAnswer(answer: Answer, path: string): TokenGrant | Failed {
	if (answer.kind === 'none') {
		const isObstacle = answer.obstacle !== undefined;
		return toFailed(isObstacle ? explainSilence(answer) : explainNoAnswer(answer.reason));
	}
	const { status, text } = answer;
	const body = parseLenientJson(text);
	const keys = path.split('.');
	const holder = keys.slice(0, -1).reduce(step, body);
	const token = readToken(step(holder, keys[keys.length - 1]));
	const relayed = findRelayed(body ?? text);
	// A server may have an errcode of its own, such as 200, beside a token that is good.
	if (relayed !== undefined && !(token !== '' && relayed.meaning === UNLISTED)) {
		const { meaning, errcode, errmsg } = relayed;
		return toFailed(toHarmless(meaning), errcode, errmsg, answer);
	}
	if (status < 200 || status > 299) return toFailed(explainStatus(status), null, '', answer);
	if (body === undefined) return toFailed(explainText(text));
	if (!isRecord(holder) || token === '') return toFailed(explainMissing(path, body));
	const lifetimeSeconds = readLifetime(holder.expires_in ?? step(body, 'expires_in'));
	return { kind: 'granted', token, lifetimeSeconds, fields: holder };
}

interface Relayed {
	errcode: number;
	errmsg: string;
	meaning: Meaning;
}

const RELAYED_DEPTH = 3;
const RELAYED_FIELDS = 20;
/** WeChat's answer inside a text, such as `get token failed: {"errcode":40164,"errmsg":"…"}`. */
const RELAYED_TEXT = /\{[^{}]{0,500}"errcode"[^{}]{0,1500}\}/;

/** WeChat's own refusal, which many token servers pass on: as their answer, inside it or in a text of it. */
function findRelayed(value: unknown, depth = RELAYED_DEPTH): Relayed | undefined {
	if (typeof value === 'string') {
		const said = RELAYED_TEXT.exec(value.slice(0, LOOKED_AT_LENGTH))?.[0];
		const parsed = said === undefined ? undefined : parseLenientJson(said);
		return isRecord(parsed) ? readRelayed(parsed) : undefined;
	}
	if (!isRecord(value)) return undefined;
	const own = readRelayed(value);
	if (own !== undefined || depth === 0) return own;
	for (const inner of Object.values(value).slice(0, RELAYED_FIELDS)) {
		const found = findRelayed(inner, depth - 1);
		if (found !== undefined) return found;
	}
	return undefined;
}

function readRelayed(fields: Fields): Relayed | undefined {
	const errcode = readErrcode(fields);
	if (errcode === undefined || errcode === 0) return undefined;
	const errmsg = typeof fields.errmsg === 'string' ? fields.errmsg : '';
	return { errcode, errmsg, meaning: findMeaning(errcode, errmsg) };
}

function step(value: unknown, key: string): unknown {
	return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function explainNoAnswer(reason: NoAnswerReason): Meaning {
	return {
		...BUSY,
		what:
			reason === 'timeout'
				? 'the token server did not answer in time'
				: 'the token server could not be reached',
		hint: 'Check that it runs and that its address in the credential is right, then run the item again.',
	};
}

/** Statuses that pass by themselves, beside all from 500 on. */
const PASSING = new Set([408, 425, 429]);

function explainStatus(status: number): Meaning {
	if (status === 401 || status === 403 || status === 407) {
		return {
			...CREDENTIAL,
			what: `the token server refused the request (HTTP ${status})`,
			hint:
				status === 407
					? 'The proxy between n8n and the token server wants a user name and a password: check the proxy settings of n8n.'
					: 'Check the Authorization header in the credential.',
		};
	}
	return {
		...(status >= 500 || PASSING.has(status) ? BUSY : CREDENTIAL),
		what: `the token server answered HTTP ${status}`,
		hint: 'Look into its log, and check its address in the credential.',
	};
}

function explainText(text: string): Meaning {
	const start = text.slice(0, 200).trim();
	const what = start.startsWith('<') ? 'HTML' : start === '' ? 'nothing' : 'a text';
	return {
		...CREDENTIAL,
		what: `the token server answered ${what} instead of JSON`,
		hint: 'Check the address of the token server in the credential. It may lead to a login page.',
	};
}

const PATH_HINT =
	'Enter in the credential the path at which the token stands in the answer, for example data.access_token.';

function explainMissing(path: string, body: unknown): Meaning {
	const paths = isRecord(body) ? listTexts(body) : [];
	const found = paths.length === 0 ? '' : ` It holds text at: ${paths.join(', ')}.`;
	return {
		...CREDENTIAL,
		what: `the token server's answer holds no text at "${shorten(path)}"`,
		hint: PATH_HINT + found,
	};
}

/** Where texts stand that may be the token: their places, never the texts. */
function listTexts(body: Fields): string[] {
	const places = Object.entries(body).flatMap(([key, value]) =>
		isRecord(value)
			? Object.entries(value).map(([inner, text]) => [`${key}.${inner}`, text] as const)
			: [[key, value] as const],
	);
	return places
		.filter(([place, value]) => readToken(value) !== '' && /^[\w.-]{1,60}$/.test(place))
		.map(([place]) => place)
		.slice(0, 5);
}

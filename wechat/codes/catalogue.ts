import { CLOUDBASE_CODES } from './cloudBaseCodes';
import { FAMILIES, UNLISTED } from './families';
import { GATE_CODES } from './gateCodes';
import type { Meaning } from './kinds';
import { PROVIDER_CODES } from './providerCodes';
import { SDK_CODES } from './sdkCodes';
import { chooseFunctionHint, findTellingText } from './texts';

/** Every code that has a line of its own. */
export const CODES: Readonly<Record<number, Meaning>> = {
	...GATE_CODES,
	...PROVIDER_CODES,
	...CLOUDBASE_CODES,
	...SDK_CODES,
};

/** WeChat refuses the token itself: with a new one the same call can succeed. */
export const TOKEN_REFUSED: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001, 42006]);

/** The same for the service provider's own token, where it asks for a customer's. */
export const COMPONENT_TOKEN_REFUSED: ReadonlySet<number> = new Set([...TOKEN_REFUSED, 41021]);

/** `functions execute fail`: what comes after it was said by the function. */
export const FUNCTION_FAILED = -504002;

/** Longer texts of others are cut before anything is looked for in them. */
export const LOOKED_AT_LENGTH = 2000;

/**
 * What an errcode means: the code itself, or its family. Where that stands for several causes, the
 * platform's own words decide; what a thrown error says is the function's, and decides nothing.
 */
export function findMeaning(errcode: number, errmsg: string): Meaning {
	const said = errmsg.slice(0, LOOKED_AT_LENGTH);
	if (errcode === FUNCTION_FAILED) return explainFunctionError(said);
	const family = FAMILIES.find(({ from, to }) => errcode >= from && errcode <= to);
	const meaning = CODES[errcode] ?? family?.meaning ?? UNLISTED;
	if (meaning.isGeneral !== true || meaning.ran === 'yes') return meaning;
	const told = findTellingText(takePlatformWords(said));
	// A gate that stands before every function stays there, whatever it says.
	return told === undefined || (errcode > 0 && told.ran !== 'no') ? meaning : told;
}

/** What was thrown begins here, as in "errMsg: TypeError: x is not a function". */
const THROWN = /\b\w{0,60}(?:Error|Exception)\b\s?:/;

function takePlatformWords(said: string): string {
	const thrown = THROWN.exec(said);
	return thrown === null ? said : said.slice(0, thrown.index);
}

/** The time limit as the platform puts it, with nothing else around it. */
const TIMED_OUT =
	/^(?:FUNCTIONS?_(?:EXCEED_TIME_LIMIT|TIME_LIMIT_EXCEEDED)|(?:functions execute fail \| errMsg: )?Invoking task timed out after \d+ seconds?)\.?(?: (?:rid|hint): \S{1,99})*$/i;

function explainFunctionError(said: string): Meaning {
	if (TIMED_OUT.test(said.trim())) return CODES[-504003];
	return { ...CODES[FUNCTION_FAILED], hint: chooseFunctionHint(said) };
}

const ADDRESSES = [
	/(?:invalid|request|client) ?ip(?: address)?[\s:="'([]{0,3}?(\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}(?::[\da-f.]{0,15}){2,8}|:(?::[\da-f.]{1,15}){1,8})/i,
	/(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])/,
];

/** The IP address WeChat names where it refuses one, if it names it. */
export function findRefusedIp(errmsg: string): string | undefined {
	const said = errmsg.slice(0, LOOKED_AT_LENGTH);
	return ADDRESSES.map((address) => address.exec(said)?.[1]).find((ip) => ip !== undefined);
}

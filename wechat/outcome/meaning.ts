import { CODES, FAMILIES, TELLING_TEXTS, UNLISTED, type Meaning } from './codes';

/** What an errcode means: its telling text first, then the code itself, then its family. */
export function findMeaning(errcode: number, errmsg: string): Meaning {
	const told = TELLING_TEXTS.find(
		({ codes, pattern }) => codes.includes(errcode) && pattern.test(errmsg),
	);
	const family = FAMILIES.find(({ from, to }) => errcode >= from && errcode <= to);
	return told?.meaning ?? CODES[errcode] ?? family?.meaning ?? UNLISTED;
}

/** The IP address WeChat names in a 40164, 61004 or 8950x answer, if it names one. */
export function findRefusedIp(errmsg: string): string | undefined {
	return /(?:invalid ip|requestip:?) ([0-9a-f.:]+)/i.exec(errmsg)?.[1];
}

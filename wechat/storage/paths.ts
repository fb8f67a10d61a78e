import { randomUUID } from 'crypto';
import type { Problem } from '../invoke/target';

/** From WeChat's page on cloud storage: the longest path, percent-encoded. */
const LONGEST_PATH_BYTES = 850;

/** What a path goes into where the user names none. */
export const DEFAULT_FOLDER = 'n8n/';

const PATH_HINT = `A path must not start with "/" or hold "//", and has ${LONGEST_PATH_BYTES} bytes at most once it is encoded, in which a Chinese character takes 9. Letters, digits and - ! _ . * are safe.`;

/** What makes a path impossible in cloud storage, or undefined if nothing does. */
export function findPathProblem(path: string): Problem | undefined {
	const wrong = describeWrong(path);
	if (wrong === undefined) return undefined;
	return { what: `the path of its file in cloud storage ${wrong}`, hint: PATH_HINT };
}

function describeWrong(path: string): string | undefined {
	if (path === '') return 'is empty';
	if (path.startsWith('/')) return 'starts with "/"';
	if (path.includes('//')) return 'holds "//"';
	if (/\p{Cc}|\p{Cs}/u.test(path)) return 'holds a character that is not printable';
	if (path.split('/').some((part) => part === '.' || part === '..')) {
		return 'holds "." or ".." as a folder';
	}
	const bytes = countEncodedBytes(path);
	return bytes > LONGEST_PATH_BYTES ? `has ${bytes} bytes once it is encoded` : undefined;
}

/** A path that no other file has, in this folder, with the file's name at its end. */
export function makeUniquePath(folder: string, fileName: string): string {
	const start = `${folder}${randomUUID()}/`;
	return start + shortenName(toSafeName(fileName), LONGEST_PATH_BYTES - countEncodedBytes(start));
}

/** A name keeps its letters, Chinese ones too, and digits; what needs care in an address becomes "_". */
function toSafeName(fileName: string): string {
	const last = fileName.split(/[/\\]/).pop() ?? '';
	const safe = last.replace(/[^\p{L}\p{M}\p{N}\-!_.*]/gu, '_');
	return /^\.*$/.test(safe) ? 'file' : safe;
}

/** Cuts the middle out of a name that is too long: its extension stays. */
function shortenName(name: string, bytes: number): string {
	const dot = name.lastIndexOf('.');
	const extension = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : '';
	const stem = name.slice(0, name.length - extension.length);
	const letters = [...stem].slice(0, LONGEST_PATH_BYTES);
	while (letters.length > 1 && countEncodedBytes(letters.join('') + extension) > bytes) {
		letters.pop();
	}
	return letters.join('') + extension;
}

function countEncodedBytes(path: string): number {
	return path.split('/').map(encodeURIComponent).join('/').length;
}

import { isRecord } from '../../../wechat/answer/answer';
import type { Problem } from '../../../wechat/invoke/target';
import { describeKind } from './problems';

/** The request data as the text that is sent, or what in it is no JSON. */
export function writeJson(data: unknown): string | Problem {
	let json: string | undefined;
	try {
		json = JSON.stringify(data);
		const lost = findLost(data);
		if (lost !== undefined) return describeLost(lost);
	} catch (error) {
		return describeError(error as Error);
	}
	if (json?.startsWith('{')) return json;
	return {
		what: `the request data is ${describeKind(data)}, not a JSON object`,
		hint: 'Put it into an object, for example { "items": [ ] }.',
	};
}

function describeError({ name, message }: Error): Problem {
	if (name === 'RangeError') {
		return {
			what: 'the request data is nested too deeply or too large for JSON',
			hint: 'Send less: choose the fields the function needs in Request Data.',
		};
	}
	if (message.includes('circular')) {
		return {
			what: 'the request data holds itself, which JSON has no way to say',
			hint: 'Choose the fields the function needs in Request Data.',
		};
	}
	return {
		what: 'the request data holds a value that is no JSON',
		hint: 'Choose the fields the function needs in Request Data, and turn special values into text.',
	};
}

/** An object of which JSON would leave nothing, or its insides, and the way to it: a Map arrives as {}. */
interface Lost {
	value: object;
	path: string[];
}

function describeLost({ value, path }: Lost): Problem {
	const place = path.length === 0 ? 'the request data is' : `the field "${path.join('.')}" holds`;
	return {
		what: `${place} ${describeKind(value)}, which JSON can't carry`,
		hint: 'Turn it into text, a list or an object first, for example with Object.fromEntries() for a Map.',
	};
}

/** The first one. */
function findLost(value: unknown): Lost | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if (!Array.isArray(value)) {
		if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return undefined;
		if (!isData(value)) return { value, path: [] };
	}
	for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
		const lost = findLost((value as Record<string | number, unknown>)[key]);
		if (lost !== undefined) return { ...lost, path: [String(key), ...lost.path] };
	}
	return undefined;
}

const DATA = new Set(['Object', 'String', 'Number', 'Boolean'].map((kind) => `[object ${kind}]`));

function isData(value: object): boolean {
	return isRecord(value) && DATA.has(Object.prototype.toString.call(value));
}

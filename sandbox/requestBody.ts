import type { Request } from 'express';

/** The body as text, whatever its Content-Type says: WeChat documents none. */
export function readText(request: Request): string {
	return Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
}

/** `undefined` for anything but a JSON object. */
export function parseObject(text: string): Record<string, unknown> | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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

/** The JSON object of a request for a token, or the errcode that says what is wrong with it. */
export function readTokenRequest(request: Request): Record<string, unknown> | 44002 | 47001 {
	const text = readText(request);
	if (text === '') return 44002;
	return parseObject(text) ?? 47001;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The caller's address if there is a list of those who may ask and it is not on it. */
export function findRefusedIp(
	request: Request,
	allowed: readonly string[] | undefined,
): string | undefined {
	const ip = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	return allowed === undefined || allowed.includes(ip) ? undefined : ip;
}

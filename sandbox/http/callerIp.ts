import type { Request } from 'express';

/** The caller's address if there is a list of those who may ask and it is not on it. */
export function findRefusedIp(
	request: Request,
	allowed: readonly string[] | undefined,
): string | undefined {
	const ip = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	return allowed === undefined || allowed.includes(ip) ? undefined : ip;
}

import type { Sandbox } from '../../sandbox/server';

/** How often the sandbox was asked for a token. */
export function countTokenRequests({ log }: Sandbox, path = '/cgi-bin/stable_token'): number {
	return log.filter((request) => request.path === path).length;
}

/** How often a function was called, whatever the answer was. */
export function countInvocations({ log }: Sandbox): number {
	return log.filter(({ path }) => path === '/tcb/invokecloudfunction').length;
}

export function makeRows(count: number): Array<{ reply: number }> {
	return Array.from({ length: count }, (_, reply) => ({ reply }));
}

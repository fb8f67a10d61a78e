/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Puts a long distance before a server on this machine: what is sent arrives half a round trip later, and a
 * connection takes a whole one before its first byte can be sent.
 */
export function createFarLine(port: number, roundTripMs: number): Server {
	return createServer((near) => {
		const far = connect(port, '127.0.0.1');
		// On a real line the caller has its connection only now; here it has it at once, so its first bytes wait.
		setTimeout(() => {
			carry(near, far, roundTripMs / 2);
			carry(far, near, roundTripMs / 2);
		}, roundTripMs);
		for (const [one, other] of [
			[near, far],
			[far, near],
		]) {
			one.setNoDelay();
			one.on('error', () => other.destroy());
		}
	});
}

function carry(from: Socket, to: Socket, delayMs: number): void {
	from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
	from.once('end', () => setTimeout(() => to.end(), delayMs));
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Reply, WholeAnswer } from './answers';
import { wait } from './timers';

/** Puts an answer on the wire, or what is left of it. */
export function sendReply(response: Response, { answer, headers = {}, trickleMs }: Reply): void {
	switch (answer.kind) {
		case 'half':
			sendHalf(response, answer.of, headers);
			return;
		case 'reset':
			response.socket?.resetAndDestroy();
			return;
		case 'silence':
			return;
		case 'file':
			writeHead(response, answer, headers);
			response.set('Content-Length', String(answer.bytes));
			// A caller who hangs up has seen enough.
			pipeline(answer.open(), response).catch(() => response.destroy());
			return;
		default: {
			const body = Buffer.from(writeHead(response, answer, headers));
			if (trickleMs === undefined) response.send(body);
			else void trickle(response, body, trickleMs);
		}
	}
}

/** Promises the whole body, then hangs up halfway through it. */
function sendHalf(response: Response, answer: WholeAnswer, headers: Record<string, string>): void {
	const body = Buffer.from(writeHead(response, answer, headers));
	if (answer.kind === 'file') {
		response.set('Content-Length', String(answer.bytes));
		const half = answer.open(Math.floor(answer.bytes / 2));
		half.on('end', () => response.socket?.destroy()).pipe(response, { end: false });
		return;
	}
	response.set('Content-Length', String(body.length));
	response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
}

/** Until the caller has it all, or has hung up. */
async function trickle(response: Response, body: Buffer, everyMs: number): Promise<void> {
	response.set('Content-Length', String(body.length));
	for (const byte of body) {
		if (response.destroyed) return;
		response.write(Buffer.of(byte));
		await wait(everyMs);
	}
	response.end();
}

/** Sets the head of an answer and returns its body. */
function writeHead(
	response: Response,
	answer: WholeAnswer,
	headers: Readonly<Record<string, string>>,
): string | Buffer {
	response.status(answer.status ?? 200);
	response.set('Content-Type', nameType(answer));
	if (answer.kind === 'redirect') response.set('Location', answer.location);
	// As they are: express would add a charset.
	response.setHeaders(new Map(Object.entries(headers)));
	if (answer.kind === 'json') return JSON.stringify(answer.body);
	return answer.kind === 'raw' || answer.kind === 'xml' ? answer.body : '';
}

function nameType(answer: WholeAnswer): string {
	switch (answer.kind) {
		case 'json':
			return 'application/json; charset=utf-8';
		case 'raw':
			if (typeof answer.body !== 'string') return 'application/json';
			return `text/${answer.body.startsWith('<') ? 'html' : 'plain'}; charset=utf-8`;
		case 'xml':
			return 'application/xml';
		case 'file':
			return answer.contentType;
		default:
			return 'text/plain; charset=utf-8';
	}
}

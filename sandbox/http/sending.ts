/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Answer, WholeAnswer } from './answers';

/** Puts an answer on the wire, or what is left of it. */
export function sendAnswer(response: Response, answer: Answer): void {
	switch (answer.kind) {
		case 'half':
			sendHalf(response, answer.of);
			return;
		case 'reset':
			response.socket?.resetAndDestroy();
			return;
		case 'silence':
			return;
		case 'file':
			writeHead(response, answer);
			response.set('Content-Length', String(answer.bytes));
			// A caller who hangs up has seen enough.
			pipeline(answer.open(), response).catch(() => response.destroy());
			return;
		default:
			response.send(writeHead(response, answer));
	}
}

/** Promises the whole body, then hangs up halfway through it. */
function sendHalf(response: Response, answer: WholeAnswer): void {
	const body = Buffer.from(writeHead(response, answer));
	if (answer.kind === 'file') {
		response.set('Content-Length', String(answer.bytes));
		const half = answer.open(Math.floor(answer.bytes / 2));
		half.on('end', () => response.socket?.destroy()).pipe(response, { end: false });
		return;
	}
	response.set('Content-Length', String(body.length));
	response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
}

/** Sets the head of an answer and returns its body. */
function writeHead(response: Response, answer: WholeAnswer): string {
	response.status(answer.status ?? 200);
	switch (answer.kind) {
		case 'json':
			response.type('json');
			return JSON.stringify(answer.body);
		case 'raw':
			response.type(answer.body.startsWith('<') ? 'html' : 'text');
			return answer.body;
		case 'xml':
			response.type('application/xml');
			return answer.body;
		case 'file':
			response.set('Content-Type', answer.contentType);
			return '';
		case 'empty':
			return '';
		case 'redirect':
			response.set('Location', answer.location).type('text');
			return '';
	}
}

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
		default:
			response.send(writeHead(response, answer));
	}
}

/** Promises the whole body, then hangs up halfway through it. */
function sendHalf(response: Response, answer: WholeAnswer): void {
	const body = Buffer.from(writeHead(response, answer));
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
		case 'redirect':
			response.set('Location', answer.location).type('text');
			return '';
	}
}

// A process of its own that does nothing but answer as WeChat does, over HTTP and HTTPS:
// node stubServer.ts <key file> <certificate file>. Prints its two ports as JSON.
/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** Since they were last asked for. */
const NOTHING = { connections: 0, tokenRequests: 0, invocations: 0, mostUnderway: 0 };
const counts = { ...NOTHING, tokenRequestsInAll: 0 };
let underway = 0;

const TOKEN_ANSWER = JSON.stringify({ access_token: 'bench-dummy-token', expires_in: 7200 });
const ROW_RESULT = JSON.stringify({ ok: true, orderId: 'A-1001', status: 'imported', total: 12.5 });
const BATCH_BODY_START = '{"items":[';

/** By how many rows a batch has; without one, the answer to a single row. */
const answers = new Map<number, string>();

function findAnswer(body: string): string {
	const isBatch = body.startsWith(BATCH_BODY_START);
	const rows = isBatch ? (JSON.parse(body) as { items: unknown[] }).items.length : 0;
	const ready = answers.get(rows);
	if (ready !== undefined) return ready;
	const result = isBatch ? `[${Array(rows).fill(ROW_RESULT).join(',')}]` : ROW_RESULT;
	const answer = JSON.stringify({ errcode: 0, errmsg: 'ok', resp_data: result });
	answers.set(rows, answer);
	return answer;
}

const known = new WeakSet<Socket>();

const listener: RequestListener = (request, response) => {
	if (request.url !== '/counts' && !known.has(request.socket)) {
		known.add(request.socket);
		counts.connections += 1;
	}
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => answerRequest(request, response, Buffer.concat(chunks).toString()));
};

function answerRequest(request: IncomingMessage, response: ServerResponse, body: string): void {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
	if (pathname === '/cgi-bin/stable_token') {
		counts.tokenRequests += 1;
		counts.tokenRequestsInAll += 1;
		send(response, TOKEN_ANSWER);
	} else if (pathname === '/tcb/invokecloudfunction') {
		counts.invocations += 1;
		underway += 1;
		counts.mostUnderway = Math.max(counts.mostUnderway, underway);
		const answer = () => {
			underway -= 1;
			send(response, findAnswer(body));
		};
		// The function's name says how long it takes: wait0, wait50.
		const delayMs = Number(searchParams.get('name')?.replace('wait', ''));
		if (delayMs > 0) setTimeout(answer, delayMs);
		else answer();
	} else if (pathname === '/counts') {
		send(response, JSON.stringify(counts));
		Object.assign(counts, NOTHING);
	} else {
		response.writeHead(404).end();
	}
}

function send(response: ServerResponse, text: string): void {
	response.writeHead(200, {
		'content-type': 'application/json; charset=UTF-8',
		'content-length': Buffer.byteLength(text),
	});
	response.end(text);
}

async function listen(server: http.Server | https.Server): Promise<number> {
	server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
	await new Promise((resolve) => server.once('listening', resolve));
	return (server.address() as AddressInfo).port;
}

async function main([keyFile, certificateFile]: string[]): Promise<void> {
	const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
	const ports = {
		http: await listen(http.createServer(listener)),
		https: await listen(https.createServer(tls, listener)),
	};
	console.log(JSON.stringify(ports));
}

void main(process.argv.slice(2));

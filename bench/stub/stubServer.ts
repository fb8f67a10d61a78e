// A process of its own that does nothing but answer as WeChat does, over each of the lines:
// node stubServer.ts <key file> <certificate file>. Prints their addresses as JSON.
/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Line } from '../plan/groups';
import { createFarLine } from './farLine';
import { createAdmission, type Admit } from './limit';

/** Since they were last asked for. */
const NOTHING = {
	connections: 0,
	tokenRequests: 0,
	invocations: 0,
	refused: 0,
	mostUnderway: 0,
	bucketBytes: 0,
};
const counts = { ...NOTHING };
let underway = 0;
let admit: Admit = () => undefined;

const ROUND_TRIP_MS = 300;
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
const CONTROLS = ['/counts', '/limit'];

const listener: RequestListener = (request, response) => {
	if (!CONTROLS.includes(request.url ?? '') && !known.has(request.socket)) {
		known.add(request.socket);
		counts.connections += 1;
	}
	if (request.url === '/bucket') {
		takeFile(request, response);
		return;
	}
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => answerRequest(request, response, Buffer.concat(chunks).toString()));
};

/** As cloud storage: the file goes by, and the answer has no words. */
function takeFile(request: IncomingMessage, response: ServerResponse): void {
	request.on('data', (chunk: Buffer) => (counts.bucketBytes += chunk.length));
	request.on('end', () => response.writeHead(204).end());
}

function answerRequest(request: IncomingMessage, response: ServerResponse, body: string): void {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
	if (pathname === '/cgi-bin/stable_token') {
		counts.tokenRequests += 1;
		send(response, TOKEN_ANSWER);
	} else if (pathname === '/tcb/invokecloudfunction') {
		invoke(response, body, searchParams.get('name') ?? '');
	} else if (pathname === '/tcb/uploadfile') {
		send(response, makeGrant(request.headers.host ?? ''));
	} else if (pathname === '/counts') {
		send(response, JSON.stringify(counts));
		Object.assign(counts, NOTHING);
	} else if (pathname === '/limit') {
		const { limit } = JSON.parse(body) as { limit?: Parameters<typeof createAdmission>[0] };
		admit = limit === undefined ? () => undefined : createAdmission(limit);
		send(response, '{}');
	} else {
		response.writeHead(404).end();
	}
}

/** The function's name says how long it takes: wait0, wait50. */
function invoke(response: ServerResponse, body: string, name: string): void {
	counts.invocations += 1;
	const refusal = admit(underway, performance.now());
	if (refusal !== undefined) {
		counts.refused += 1;
		send(response, JSON.stringify(refusal));
		return;
	}
	underway += 1;
	counts.mostUnderway = Math.max(counts.mostUnderway, underway);
	const answer = () => {
		underway -= 1;
		send(response, findAnswer(body));
	};
	const delayMs = Number(name.replace('wait', ''));
	if (delayMs > 0) setTimeout(answer, delayMs);
	else answer();
}

function makeGrant(host: string): string {
	return JSON.stringify({
		errcode: 0,
		errmsg: 'ok',
		url: `http://${host}/bucket`,
		token: 'bench-dummy-token',
		authorization: 'bench-dummy-authorization',
		file_id: 'cloud://bench.bucket/report.bin',
		cos_file_id: 'bench-file',
	});
}

function send(response: ServerResponse, text: string): void {
	response.writeHead(200, {
		'content-type': 'application/json; charset=UTF-8',
		'content-length': Buffer.byteLength(text),
	});
	response.end(text);
}

async function listen(server: Server): Promise<number> {
	server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
	await new Promise((resolve) => server.once('listening', resolve));
	return (server.address() as AddressInfo).port;
}

async function main([keyFile, certificateFile]: string[]): Promise<void> {
	const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
	const near = await listen(https.createServer(tls, listener));
	const nearTls12 = await listen(https.createServer({ ...tls, maxVersion: 'TLSv1.2' }, listener));
	const origins: Record<Line, string> = {
		http: `http://127.0.0.1:${await listen(http.createServer(listener))}`,
		https: `https://127.0.0.1:${near}`,
		far: `https://127.0.0.1:${await listen(createFarLine(near, ROUND_TRIP_MS))}`,
		farTls12: `https://127.0.0.1:${await listen(createFarLine(nearTls12, ROUND_TRIP_MS))}`,
	};
	console.log(JSON.stringify(origins));
}

void main(process.argv.slice(2));

/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';

/** WeChat's host, whose name the certificate bears beside the address of this machine. */
const HOST = 'api.weixin.qq.com';
/** One way. Long enough that what belongs to one flight arrives as one. */
const DELAY_MS = 20;

export interface FarRequest {
	url: string;
	host: string | undefined;
	/** Whom the client asked for before it said anything. */
	serverName: string | false | null;
	id: unknown;
}

export interface LongWay {
	port: number;
	/** Counted, not timed: one for each connection to be made, and one each time the client speaks and waits. */
	roundTrips(): number;
}

export interface FarWeChat {
	certificate: string;
	requests: FarRequest[];
	/** A way of its own to the same server. */
	openWay(): Promise<LongWay>;
	close(): Promise<void>;
}

async function listen(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/** WeChat behind TLS and far away. A request whose `id` is "a reset" gets its connection broken. */
export async function startFarWeChat(): Promise<FarWeChat> {
	const { cert, private: key } = await generate([{ name: 'commonName', value: HOST }], {
		keySize: 2048,
		algorithm: 'sha256',
		extensions: [
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: HOST },
					{ type: 7, ip: '127.0.0.1' },
				],
			},
		],
	});
	const requests: FarRequest[] = [];
	const server = createTlsServer({ key, cert }, async (request, response) => {
		let body = '';
		for await (const piece of request) body += String(piece);
		const { servername: serverName } = request.socket as TLSSocket & { servername: string };
		const { id } = JSON.parse(body) as { id: unknown };
		requests.push({ url: request.url ?? '', host: request.headers.host, serverName, id });
		if (id === 'a reset') response.destroy();
		else response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', resp_data: JSON.stringify(id) }));
	});
	const serverPort = await listen(server);
	const servers: Server[] = [server];
	const sockets = new Set<Socket>();

	async function openWay(): Promise<LongWay> {
		let roundTrips = 0;
		const relay = createServer((client) => {
			roundTrips += 1;
			let isAsking = false;
			const far = connect(serverPort, '127.0.0.1');
			carry(client, far, () => {
				if (!isAsking) roundTrips += 1;
				isAsking = true;
			});
			carry(far, client, () => {
				isAsking = false;
			});
			// What a client says to a server that has hung up is no question any more.
			far.on('end', () => (isAsking = true));
		});
		servers.push(relay);
		return { port: await listen(relay), roundTrips: () => roundTrips };
	}

	function carry(from: Socket, to: Socket, onData: () => void): void {
		sockets.add(from);
		from.on('error', () => {});
		from.on('data', (data) => {
			onData();
			setTimeout(() => to.write(data), DELAY_MS);
		});
		from.on('end', () => setTimeout(() => to.end(), DELAY_MS));
		from.on('close', () => {
			sockets.delete(from);
			setTimeout(() => to.destroy(), DELAY_MS);
		});
	}

	return {
		certificate: cert,
		requests,
		openWay,
		async close() {
			for (const socket of sockets) socket.destroy();
			await Promise.all(servers.map(async (one) => await new Promise((end) => one.close(end))));
		},
	};
}

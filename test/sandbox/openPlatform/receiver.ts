/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import WXBizMsgCrypt from 'wechat-crypto';
import { findComponent } from '../../../sandbox/accounts/components';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../engine/sandbox';
import { PROVIDER } from '../client';

export interface ReceivedPush {
	query: Record<string, string>;
	body: string;
	contentType?: string;
}

/** What a receiver answers a push with; `undefined`: nothing, ever. */
export type ReceiverAnswer = { status: number; body: string } | undefined;

export const SUCCESS = { status: 200, body: 'success' };

/** A component's own server: keeps what it is sent, and answers what `answer` says of the n-th push. */
export async function startReceiver(answer: (number: number) => ReceiverAnswer = () => SUCCESS) {
	const received: ReceivedPush[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { searchParams } = new URL(String(request.url), 'http://127.0.0.1');
			received.push({
				query: Object.fromEntries(searchParams),
				body: Buffer.concat(chunks).toString('utf8'),
				contentType: request.headers['content-type'],
			});
			const own = answer(received.length);
			if (own) response.writeHead(own.status, { 'content-type': 'text/plain' }).end(own.body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/event`,
		received,
		async close() {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Opens a push with another implementation than the sandbox's: the npm package wechat-crypto. */
export function openPush(push: ReceivedPush): Record<string, string> {
	return readFields(openMessage(push));
}

/** The message itself, as text. */
export function openMessage({ query, body }: ReceivedPush): string {
	const fields = readFields(body);
	const component = findComponent(fields.AppId);
	if (!component) throw new Error('This push is for no component of the sandbox.');
	const { verificationToken, encodingAesKey, appId } = component;
	const other = new WXBizMsgCrypt(verificationToken, encodingAesKey, appId);
	const { timestamp, nonce, msg_signature } = query;
	expect(other.getSignature(timestamp, nonce, fields.Encrypt)).toBe(msg_signature);
	const { message, id } = other.decrypt(fields.Encrypt);
	expect(id).toBe(appId);
	return message;
}

function readFields(xml: string): Record<string, string> {
	const elements = xml.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/g);
	return Object.fromEntries([...elements].map(([, name, data, text]) => [name, data ?? text]));
}

/** For each test a sandbox whose pushes a receiver takes, on the test's clock. */
export function useReceiver(
	options: SandboxOptions,
	use: (sandbox: Sandbox, receiver: Receiver) => void,
	answer?: (number: number) => ReceiverAnswer,
): void {
	let sandbox: Sandbox;
	let receiver: Receiver;
	beforeEach(async () => {
		sandbox = await startSandbox(options);
		receiver = await startReceiver(answer);
		sandbox.pushes.setEventUrl(PROVIDER.component_appid, receiver.url);
		use(sandbox, receiver);
	});
	afterEach(async () => {
		await Promise.all([sandbox.close(), receiver.close()]);
	});
}

/** The last push, opened. */
export function readLastPush({ received }: Receiver): Record<string, string> {
	const push = received.at(-1);
	if (!push) throw new Error('Nothing was pushed.');
	return openPush(push);
}

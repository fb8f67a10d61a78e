/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';
import { runInvoke, storeOf } from '../../engine/invokeWorkflow';
import { CUSTOMERS_CREDENTIAL } from '../../engine/platformWorkflow';

/** `MEMORY_CUSTOMERS=5000` makes it a thousand executions, which take a minute. */
const CUSTOMERS = Number(process.env.MEMORY_CUSTOMERS ?? 300);
const AT_ONCE = 10;

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

let wechat: http.Server;
/** Answers as WeChat does and keeps nothing, so that only what is tested takes memory. */
beforeAll(async () => {
	let count = 0;
	const answers: Record<string, () => object> = {
		'/cgi-bin/component/api_component_token': () => ({
			component_access_token: `sandbox-dummy-own-${++count}`,
		}),
		'/cgi-bin/component/api_authorizer_token': () => ({
			authorizer_access_token: `sandbox-dummy-customer-${++count}`,
			authorizer_refresh_token: `sandbox-dummy-renewed-${count}`,
		}),
		'/tcb/invokecloudfunction': () => ({ errcode: 0, errmsg: 'ok', resp_data: '{"done":true}' }),
	};
	wechat = http.createServer((request, response) => {
		request.resume().on('end', () => {
			const [path] = String(request.url).split('?');
			response.end(JSON.stringify({ expires_in: 7200, ...answers[path]() }));
		});
	});
	await new Promise<void>((resolve) => void wechat.listen(0, '127.0.0.1', resolve));
});
afterAll(() => wechat.close());

/** One execution after the other, each for a few customers. */
async function serveAll(count: number): Promise<void> {
	const { port } = wechat.address() as AddressInfo;
	const store = storeOf(`http://127.0.0.1:${port}`, CUSTOMERS_CREDENTIAL);
	const parameters = { options: { credentialPerItem: true, concurrency: AT_ONCE } };
	for (let from = 0; from < count; from += AT_ONCE) {
		const rows = Array.from({ length: AT_ONCE }, (_, i): IDataObject => {
			const number = from + i;
			return {
				authorizerAppid: `wx-example-customer-${number}`,
				authorizerRefreshToken: `example-dummy-refresh-${number}`,
			};
		});
		const { success } = await runInvoke({ store, rows, parameters });
		expect(success).toHaveLength(AT_ONCE);
	}
}

/** In kB, after what is over has been collected. */
async function measureHeap(): Promise<number> {
	for (let i = 0; i < 3; i++) {
		await new Promise((resolve) => setImmediate(resolve));
		collectGarbage();
	}
	return process.memoryUsage().heapUsed / 1024;
}

test('a process that serves one customer after the other keeps a token of each, and no more', async () => {
	await serveAll(100);
	const before = await measureHeap();
	await serveAll(CUSTOMERS);
	const known = await measureHeap();
	await serveAll(CUSTOMERS);
	const again = await measureHeap();
	const executions = CUSTOMERS / AT_ONCE;
	expect(again - known).toBeLessThan(300 + 5 * executions);
	expect(known - before).toBeLessThan(2_000 + 8 * CUSTOMERS);
}, 600_000);

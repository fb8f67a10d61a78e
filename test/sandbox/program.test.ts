/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- tests run on Node, not inside n8n */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import axios from 'axios';
import { SHOP } from './client';

const ROOT = path.join(__dirname, '..', '..');
const START_LIMIT_MS = 60_000;

let program: ChildProcess;
let url: string;

// As "npm run sandbox" starts it: modules are found by other rules there than in a test.
beforeAll(async () => {
	program = spawn(process.execPath, ['scripts/run.mjs', 'sandbox/main.ts'], {
		cwd: ROOT,
		env: { ...process.env, SANDBOX_PORT: '0' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	url = await new Promise<string>((resolve, reject) => {
		let output = '';
		program.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const address = /running at (\S+)/.exec(output)?.[1];
			if (address) resolve(address);
		});
		program.once('exit', () => reject(new Error(`The sandbox has ended.\n${output}`)));
	});
}, START_LIMIT_MS);

afterAll(async () => {
	const ended = once(program, 'exit');
	program.kill('SIGTERM');
	await ended;
});

async function post(address: string, body: unknown): Promise<Record<string, unknown>> {
	return (await axios.post(`${url}${address}`, JSON.stringify(body))).data;
}

test('npm run sandbox answers by the same rules as in a test', async () => {
	const request = { grant_type: 'client_credential', ...SHOP };
	const { access_token } = await post('/cgi-bin/stable_token', request);
	const invoke = async (name: string, env = 'shop-demo', body: unknown = {}) => {
		const query = new URLSearchParams({ access_token: String(access_token), env, name });
		return (await post(`/tcb/invokecloudfunction?${query.toString()}`, body)).errcode;
	};
	expect(await invoke('echo')).toBe(0);
	expect(await invoke('echo', 'shop-demo', { throws: 'sold out' })).toBe(-504002);
	expect(await invoke('nothing')).toBe(-501000);
	expect(await invoke('echo', 'nowhere')).toBe(-501000);
	expect(await invoke('echo', 'shop-demo', [])).toBe(-501007);
});

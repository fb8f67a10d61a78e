/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- tests run on Node, not inside n8n */
import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server';
import { shareFunctionRunner } from '../engine/sandbox';
import { call, invoke, requestToken, SHOP } from './client';

const FAR_TOO_LONG_MS = 3_600_000;

const started: Sandbox[] = [];

// A failing test closes its sandbox too.
afterEach(async () => {
	await Promise.all(started.splice(0).map(async (sandbox) => await sandbox.close()));
});

async function open(options?: SandboxOptions): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	started.push(sandbox);
	return sandbox;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function occupyPort(): Promise<{ port: number; other: Server }> {
	const other = createServer();
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	return { port: (other.address() as AddressInfo).port, other };
}

test('close leaves neither a server nor a process', async () => {
	const sandbox = await open();
	expect(isRunning(sandbox.functionsPid)).toBe(true);
	await sandbox.close();
	expect(isRunning(sandbox.functionsPid)).toBe(false);
	await expect(requestToken(sandbox)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('close does not wait for open connections or running functions', async () => {
	const sandbox = await open();
	const agent = new Agent({ keepAlive: true });
	await new Promise((resolve) => {
		get(`${sandbox.url}/idle`, { agent }, (response) => response.resume().on('end', resolve));
	});
	const running = invoke(sandbox, 'echo', { waitMs: FAR_TOO_LONG_MS });
	const ended = expect(running).rejects.toMatchObject({ code: 'ECONNRESET' });
	await requestToken(sandbox);
	await sandbox.close();
	await ended;
	agent.destroy();
	expect(isRunning(sandbox.functionsPid)).toBe(false);
});

test('close may be called twice', async () => {
	const sandbox = await open();
	await Promise.all([sandbox.close(), sandbox.close()]);
	await sandbox.close();
});

test('it listens on this machine only', async () => {
	const sandbox = await open({ runner: await shareFunctionRunner() });
	const { port } = new URL(sandbox.url);
	// A server on all interfaces would answer under every loopback address.
	for (const host of ['127.0.0.2', '[::1]']) {
		await expect(axios.get(`http://${host}:${port}/`)).rejects.not.toHaveProperty('response');
	}
});

test('a port that is taken is named in a clear sentence', async () => {
	const { port, other } = await occupyPort();
	await expect(startSandbox({ port })).rejects.toThrow(`Port ${port} is already in use.`);
	await new Promise((resolve) => other.close(resolve));
});

test('a start can be given up', async () => {
	const abort = new AbortController();
	const starting = startSandbox({ signal: abort.signal });
	abort.abort();
	await expect(starting).rejects.toThrow('aborted');
});

test('a function whose process is gone answers -504001', async () => {
	const sandbox = await open();
	process.kill(sandbox.functionsPid, 'SIGKILL');
	const { data } = await invoke(sandbox, 'echo', {});
	expect(data.errcode).toBe(-504001);
});

test('the log tells what was asked and what came of it, without tokens and secrets', async () => {
	const seen: unknown[] = [];
	const runner = await shareFunctionRunner();
	const sandbox = await open({ runner, onRequest: (request) => seen.push(request) });
	const token = (await requestToken(sandbox)).data.access_token;
	await requestToken(sandbox, { appid: 'sandbox-dummy-secret', secret: 'dummy-typed-wrongly' });
	await invoke(sandbox, 'echo', { note: 'private' });
	await call(sandbox, '/tcb/invokecloudfunction', { query: { access_token: token }, body: {} });

	const appId = SHOP.appid;
	const asked = { method: 'POST', path: '/cgi-bin/stable_token' };
	const invoked = { method: 'POST', path: '/tcb/invokecloudfunction' };
	expect(sandbox.log).toEqual([
		{ ...asked, appId, errcode: 0 },
		{ ...asked, errcode: 40013 },
		{ ...invoked, appId, env: 'shop-demo', function: 'echo', ran: 'yes', errcode: 0 },
		{ ...invoked, appId, ran: 'no', errcode: 40101 },
	]);
	expect(seen).toEqual(sandbox.log);
	expect(JSON.stringify(sandbox.log)).not.toMatch(/sandbox-token|dummy|private/);
});

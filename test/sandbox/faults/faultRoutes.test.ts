import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, invoke } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterEach(() => {
	sandbox.faults.clear();
});

afterAll(async () => {
	await sandbox.close();
});

async function ask(method: string, path = '', body?: unknown) {
	const { status, data } = await call(sandbox, `/sandbox/faults${path}`, { method, body });
	return { status, data };
}

async function invokeEcho(): Promise<number> {
	return (await invoke(sandbox, 'echo', {})).data.errcode;
}

test('a fault that is put lasts until it is deleted', async () => {
	const fault = { errcode: -1 };
	expect(await ask('PUT', '/echo', fault)).toEqual({ status: 200, data: { echo: fault } });
	expect([await invokeEcho(), await invokeEcho()]).toEqual([-1, -1]);
	expect(await ask('DELETE', '/echo')).toEqual({ status: 200, data: {} });
	expect(await invokeEcho()).toBe(0);
});

test('a fault that is put replaces the one before it', async () => {
	await ask('PUT', '/echo', { errcode: -1 });
	const { data } = await ask('PUT', '/echo', { delayMs: 0 });
	expect(data).toEqual({ echo: { delayMs: 0 } });
	expect(await invokeEcho()).toBe(0);
});

test('to delete where no fault is changes nothing', async () => {
	expect(await ask('DELETE', '/echo')).toEqual({ status: 200, data: {} });
});

test('the list shows the faults that are left, and how many calls they still meet', async () => {
	expect(await ask('GET')).toEqual({ status: 200, data: {} });
	const signUp = { status: 502, body: '<p>' };
	await ask('PUT', '/signUp', signUp);
	const set = await ask('PUT', '/echo', { errcode: -1, times: 2 });
	expect(set.data).toEqual({ signUp, echo: { errcode: -1, times: 2 } });
	await invokeEcho();
	expect((await ask('GET')).data).toEqual({ signUp, echo: { errcode: -1, times: 1 } });
	await invokeEcho();
	expect((await ask('GET')).data).toEqual({ signUp });
	expect((await ask('DELETE', '/signUp')).data).toEqual({});
});

test.each([
	['PUT', '/nothing', { errcode: -1 }, 404, 'unknown function or address'],
	['DELETE', '/nothing', undefined, 404, 'unknown function or address'],
	['PUT', '/echo', undefined, 400, 'fault must be an object with an instruction'],
	['PUT', '/echo', '[]', 400, 'fault must be an object with an instruction'],
	['PUT', '/echo', { errCode: -1 }, 400, 'fault.errCode is not an instruction'],
	[
		'PUT',
		'/echo',
		{ delayMs: 'long' },
		400,
		'fault.delayMs must be a whole number of milliseconds',
	],
	['POST', '/echo', { errcode: -1 }, 405, 'only PUT and DELETE'],
	['PUT', '', { errcode: -1 }, 405, 'only GET'],
])(
	'%s /sandbox/faults%s with %j is refused with the reason',
	async (method, path, body, status, error) => {
		expect(await ask(method, path, body)).toEqual({ status, data: { error } });
		expect((await ask('GET')).data).toEqual({});
	},
);

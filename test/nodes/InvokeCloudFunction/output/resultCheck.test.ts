import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const check = (field: string, successValues: string) => ({
	options: { resultCheck: { check: { field, successValues } } },
});

async function run(reply: unknown, parameters: Record<string, unknown>) {
	return await runInvoke({ store: storeOf(sandbox.url), rows: [{ reply }], parameters });
}

test.each([
	['a number', { code: 0 }, 'code', '0'],
	['one of several', { code: 201 }, 'code', '200, 201'],
	['text, deeper in the result', { data: { state: 'done' } }, 'data.state', 'done'],
	['a boolean', { ok: true }, 'ok', 'true'],
])('%s that counts as a success', async (_, reply, field, values) => {
	const { success, error } = await run(reply, check(field, values));
	expect(error).toEqual([]);
	expect(success).toEqual([reply]);
});

test.each([
	['another value', { code: 500, msg: 'sold out' }, 'code', 'it says code = 500'],
	['no such field', { msg: 'sold out' }, 'code', 'it has no field "code"'],
	['no object at all', 'sold out', 'code', 'it has no field "code"'],
	['a field of the prototype', {}, 'constructor', 'it has no field "constructor"'],
])('%s is an error of the function, with its result', async (_, reply, field, reason) => {
	const { success, error } = await run(reply, check(field, '0'));
	expect(success).toEqual([]);
	expect(error[0].error).toMatchObject({
		errcode: 0,
		category: 'function-error',
		mayHaveRun: true,
		retryable: false,
		result: reply,
		message: `"echo" ran, but its result did not pass the Result Check: ${reason}.`,
	});
});

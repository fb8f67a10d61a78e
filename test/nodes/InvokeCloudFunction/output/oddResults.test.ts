import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** What comes out where resp_data is exactly this text. */
async function resultOf(respData: string): Promise<unknown[]> {
	const body = JSON.stringify({ errcode: 0, errmsg: 'ok', resp_data: respData });
	const rows = [{ sandbox: { status: 200, body } }];
	const { success, error } = await runInvoke({ store: storeOf(sandbox.url), rows });
	expect(error).toEqual([]);
	return success;
}

const deep = `{"a":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`;

test.each([
	['arrays of arrays', '[[1,[2]],[]]', [{ result: [1, [2]] }, { result: [] }]],
	['a lone surrogate', '{"text":"\\ud800"}', [{ text: '\ud800' }]],
	['a NUL', '{"text":"a\\u0000b"}', [{ text: 'a\u0000b' }]],
	['a repeated key: the last one counts', '{"a":1,"a":2}', [{ a: 2 }]],
	['an empty key', '{"":1}', [{ '': 1 }]],
	['a deep object', deep, [JSON.parse(deep)]],
	['text that looks like a number', '"0123"', [{ result: '0123' }]],
	['text around JSON', ' {"a":1} ', [{ a: 1 }]],
])('%s', async (_, respData, expected) => {
	expect(await resultOf(respData)).toEqual(expected);
});

test('a result of almost 1 MB', async () => {
	const text = 'x'.repeat(1_000_000);
	expect(await resultOf(JSON.stringify({ text }))).toEqual([{ text }]);
});

test('the keys __proto__ and constructor are data, and no prototype is touched', async () => {
	const [json] = await resultOf('{"__proto__":{"polluted":true},"constructor":"shop","a":1}');
	expect(Object.getOwnPropertyDescriptor(json, '__proto__')?.value).toEqual({ polluted: true });
	expect(json).toMatchObject({ constructor: 'shop', a: 1 });
	expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
	expect('polluted' in {}).toBe(false);
});

import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const AS_NUMBERS = { largeNumbers: 'number' };
const RESULT = '{"id":9007199254740993,"price":1.10,"list":[1e400,"1e400"]}';
const EXACT = { id: '9007199254740993', price: 1.1, list: ['1e400', '1e400'] };

/** What comes out where WeChat's answer holds this as its resp_data. */
async function readRespData(respData: string, options: object = {}, parameters: object = {}) {
	const body = `{"errcode":0,"errmsg":"ok","resp_data":${respData}}`;
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ sandbox: { status: 200, body } }],
		parameters: { options, ...parameters },
	});
}

test.each([
	['JSON text', JSON.stringify(RESULT)],
	['no text but an object', RESULT],
])('by default no digit is lost where resp_data is %s', async (_, respData) => {
	const { success, error } = await readRespData(respData);
	expect(error).toEqual([]);
	expect(success).toEqual([EXACT]);
});

test.each([
	['JSON text', '"{\\"id\\":9007199254740993}"'],
	['no text but an object', '{"id":9007199254740993}'],
])('as numbers they are rounded where resp_data is %s', async (_, respData) => {
	const { success } = await readRespData(respData, AS_NUMBERS);
	expect(success).toEqual([{ id: 9007199254740992 }]);
});

test('a result that is one large number', async () => {
	expect((await readRespData('"12345678901234567890"')).success).toEqual([
		{ result: '12345678901234567890' },
	]);
	expect((await readRespData('12345678901234567890')).success).toEqual([
		{ result: '12345678901234567890' },
	]);
});

test('without Simplify no digit is lost either', async () => {
	const { success } = await readRespData(JSON.stringify(RESULT), {}, { simplify: false });
	expect(success).toEqual([{ errcode: 0, errmsg: 'ok', resp_data: EXACT }]);
});

test('a result check compares all digits, and the error keeps them', async () => {
	const resultCheck = { check: { field: 'code', successValues: '9007199254740992' } };
	const { error } = await readRespData('"{\\"code\\":9007199254740993}"', { resultCheck });
	expect(error).toMatchObject([
		{ error: { category: 'function-error', result: { code: '9007199254740993' } } },
	]);
});

test('numbers that lose nothing stay numbers', async () => {
	const reply = { at: 1732492800000, price: 0.1, third: 1 / 3, max: Number.MAX_SAFE_INTEGER };
	const { success } = await runInvoke({ store: storeOf(sandbox.url), rows: [{ reply }] });
	expect(success).toEqual([reply]);
});

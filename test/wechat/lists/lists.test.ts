import {
	buildEnvironmentsRequest,
	buildFunctionsRequest,
	type FunctionsQuery,
} from '../../../wechat/lists/listRequests';
import { readEnvironments, readFunctions } from '../../../wechat/lists/lists';
import type { Failed } from '../../../wechat/answer/envelope';

const answer = (body: unknown, status = 200) => ({
	kind: 'answer' as const,
	status,
	text: typeof body === 'string' ? body : JSON.stringify(body),
});
const refuse = (errcode: number, errmsg = '') =>
	readFunctions(answer({ errcode, errmsg })) as Failed;

test('each kind of token has its own address for the environments, with a body that is not empty', () => {
	expect(buildEnvironmentsRequest('miniProgram')).toEqual({
		method: 'POST',
		path: '/tcb/getenvinfo',
		query: {},
		body: '{}',
	});
	expect(buildEnvironmentsRequest('component')).toMatchObject({
		path: '/componenttcb/describeenvs',
		body: '{}',
	});
});

test("only a service provider's own list can be searched", () => {
	const query: FunctionsQuery = { environment: 'shop-demo', offset: 20, search: 'order' };
	const read = (asker: 'miniProgram' | 'component', change = {}) => {
		const { path, body } = buildFunctionsRequest(asker, { ...query, ...change });
		return { path, body: JSON.parse(body ?? '') };
	};
	const page = { env: 'shop-demo', offset: 20, limit: 20 };
	expect(read('miniProgram')).toEqual({ path: '/tcb/listfunctions', body: page });
	expect(read('component')).toEqual({
		path: '/componenttcb/getscflist',
		body: { ...page, searchkey: 'order' },
	});
	expect(read('component', { search: '' }).body).toEqual(page);
});

test('environments are read with their alias, and with their status where it is not NORMAL', () => {
	const info_list = [
		{ env: 'shop-1a2b', alias: 'Shop', status: 'NORMAL' },
		{ env: 'old-1a2b', status: 'UNAVAILABLE' },
		{ alias: 'nothing to choose' },
	];
	expect(readEnvironments(answer({ errcode: 0, info_list }))).toEqual({
		kind: 'environments',
		environments: [
			{ id: 'shop-1a2b', alias: 'Shop', problem: '' },
			{ id: 'old-1a2b', alias: '', problem: 'UNAVAILABLE' },
		],
	});
});

test('functions are read with their state, and those that were not deployed are broken', () => {
	const functions = [
		{ name: 'a', status: 'Active' },
		{ name: 'b', status: 'Updating' },
		{ name: 'c', status: 'CreateFailed' },
		{ name: 'd', status: 'UpdateFailed' },
		{ name: 'e' },
	];
	expect(readFunctions(answer({ errcode: 0, total_count: 9, functions }))).toEqual({
		kind: 'functions',
		total: 9,
		functions: [
			{ name: 'a', status: 'Active', isBroken: false },
			{ name: 'b', status: 'Updating', isBroken: false },
			{ name: 'c', status: 'CreateFailed', isBroken: true },
			{ name: 'd', status: 'UpdateFailed', isBroken: true },
			{ name: 'e', status: '', isBroken: false },
		],
	});
});

test('an account with nothing to list may get no list at all', () => {
	const none = answer({ errcode: 0, errmsg: 'ok' });
	expect(readEnvironments(none)).toEqual({ kind: 'environments', environments: [] });
	expect(readFunctions(none)).toEqual({ kind: 'functions', functions: [], total: Infinity });
});

test('no refusal of a list says that a function may have run, or that an item can run again', () => {
	for (const errcode of [-1, -1000, -501001, -504001, 45011, 40001, 48001, 61007, 85088, 12345]) {
		const { meaning } = refuse(errcode, 'sandbox text');
		expect(meaning.ran).toBe('no');
		expect(meaning.hint).not.toMatch(/may have run|the item|this item/);
	}
	expect(refuse(48001).meaning).toMatchObject({ what: expect.stringContaining('read lists') });
});

test.each([
	[
		'no answer',
		{ kind: 'none', reason: 'timeout' } as const,
		'WeChat did not answer the request for the list in time',
	],
	['a login page', answer('<html>', 502), expect.stringMatching(/not one of WeChat's.*login page/)],
	['JSON of somebody else', answer({ items: [] }), expect.stringMatching(/JSON of another server/)],
])('%s is a failure that says so', (_, given, what) => {
	const failure = { kind: 'failed', errcode: null, meaning: { what } };
	expect(readEnvironments(given)).toMatchObject(failure);
	expect(readFunctions(given)).toMatchObject(failure);
});

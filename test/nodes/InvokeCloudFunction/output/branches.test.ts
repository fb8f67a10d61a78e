import { BRANCHES, type Branch } from '../../../../nodes/InvokeCloudFunction/output/branches';
import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { CODES } from '../../../../wechat/codes/catalogue';
import { runInvoke, storeOf, type OnError } from '../../../engine/invokeWorkflow';
import { SHOP_APP } from '../../../engine/accounts';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const ON_ERROR: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

/** The rows of one run with a fixed token, by the branch they left through. */
async function runByCategory(
	rows: unknown[],
	onError?: OnError,
	parameters: Record<string, unknown> = {},
) {
	const fixedToken = sandbox.tokens.issue(SHOP_APP.appId);
	const { outputs } = await runInvoke({
		store: storeOf(sandbox.url, { source: 'fixed', fixedToken }),
		rows,
		parameters: { errorBranches: 'byCategory', ...parameters },
		onError,
	});
	return Object.fromEntries(BRANCHES.map((branch, i) => [branch, outputs[i] ?? []]));
}

describe('every code of the catalogue takes the branch where somebody can act on it', () => {
	const elsewhere: Partial<Record<Branch, number[]>> = {
		'Try Later': [-1, 45009, 45011, 45102, 45104, 89401, -405015, -501003, -501004],
		'Outcome Unknown': [
			...[-404001, -404002, -404003, -404004, -404005, -404006],
			...[-404007, -404008, -404009, -404010, -404012, -404013],
			...[-1000, -501001, -501002, -504001, -504003],
			...[-601001, -601003, -601008],
		],
		'Function Error': [
			...[-402001, -402006, -402011, -403001, -403002, -403003],
			...[-404011, -504002, -604001, -606002],
		],
	};
	const codes = Object.keys(CODES).map(Number);
	const expected = codes.map((code): [number, string] => [
		code,
		BRANCHES.find((branch) => elsewhere[branch]?.includes(code)) ?? 'Fix Setup',
	]);

	test.each(expected)('%i: %s', async (errcode, branch) => {
		const row = { id: 1, sandbox: { errcode, errmsg: 'told by the sandbox' } };
		const branches = await runByCategory([row], undefined, { options: { waitForLimits: 0 } });
		expect(branches).toEqual({
			...Object.fromEntries(BRANCHES.map((name) => [name, []])),
			[branch]: [{ ...row, error: expect.objectContaining({ errcode }) }],
		});
	});
});

describe('every kind of fault with every On Error setting', () => {
	const FAULTS: Array<[string, Record<string, unknown>, Branch]> = [
		['success', { reply: 'fine' }, 'Success'],
		// Not -1: what that means depends on how soon it comes.
		['busy', { sandbox: { errcode: 89401 } }, 'Try Later'],
		['a wrong setup', { sandbox: { errcode: 40097 } }, 'Fix Setup'],
		['an unlisted code', { sandbox: { errcode: 12345 } }, 'Outcome Unknown'],
		['a reset', { sandbox: { reset: true } }, 'Outcome Unknown'],
		['half an answer', { sandbox: { half: true } }, 'Outcome Unknown'],
		['a 502', { sandbox: { status: 502, body: 'Bad Gateway' } }, 'Outcome Unknown'],
		['HTML', { sandbox: { html: true } }, 'Outcome Unknown'],
		['a redirect', { sandbox: { redirect: true } }, 'Outcome Unknown'],
		['an empty answer', { sandbox: { status: 200, body: '' } }, 'Outcome Unknown'],
		['a hang', { sandbox: { hang: true } }, 'Outcome Unknown'],
		['a throw', { throws: 'no stock' }, 'Function Error'],
		[
			'a throw in resp_data',
			{ throws: 'no stock', sandbox: { thrownErrorAs: 'resp_data' } },
			'Function Error',
		],
	];
	const rows = FAULTS.map(([id, row]) => ({ id, ...row }));
	const impatient = { options: { timeout: 5000, maxTries: 1, concurrency: 20 } };
	const idsOf = (items: Array<Record<string, unknown>>) => items.map(({ id }) => id);

	// Each run waits for the hang to reach its time limit: all of them at once.
	let byCategory: Map<OnError, ReturnType<typeof runByCategory>>;
	let single: Map<unknown, ReturnType<typeof runSingle>>;
	beforeAll(async () => {
		byCategory = new Map(
			ON_ERROR.map((onError) => [onError, runByCategory(rows, onError, impatient)]),
		);
		single = new Map([
			...ON_ERROR.slice(1).map((onError) => [onError, runSingle(rows, onError)] as const),
			...FAULTS.map(([id, row]) => [id, runSingle([row], 'stopWorkflow')] as const),
		]);
		await Promise.all([...byCategory.values(), ...single.values()]);
	});

	async function runSingle(rows: unknown[], onError: OnError) {
		const fixedToken = sandbox.tokens.issue(SHOP_APP.appId);
		const store = storeOf(sandbox.url, { source: 'fixed', fixedToken });
		return await runInvoke({ store, rows, parameters: impatient, onError });
	}

	test.each(ON_ERROR)('by category, %s: each item is on exactly one branch', async (onError) => {
		const branches = await byCategory.get(onError)!;
		for (const branch of BRANCHES.slice(1)) {
			const ids = FAULTS.filter(([, , wanted]) => wanted === branch).map(([id]) => id);
			expect(idsOf(branches[branch])).toEqual(ids);
			for (const item of branches[branch]) expect(item.error.hint).not.toBe('');
		}
		expect(branches.Success).toEqual([{ result: 'fine' }]);
	});

	test.each(ON_ERROR.slice(1))(
		'single, %s: each item is in exactly one output',
		async (onError) => {
			const { outputs } = await single.get(onError)!;
			const items = outputs.flat();
			expect(items).toHaveLength(rows.length);
			expect(items.filter(({ error }) => error === undefined)).toEqual([{ result: 'fine' }]);
			if (onError === 'continueErrorOutput') {
				expect(idsOf(outputs[1])).toEqual(FAULTS.slice(1).map(([id]) => id));
			} else {
				expect(items.map(({ error }) => error === undefined)).toEqual(rows.map((_, i) => i === 0));
			}
		},
	);

	test.each(FAULTS.slice(1))('single, stop: %s ends the run with its message', async (fault) => {
		const { run } = await single.get(fault)!;
		expect(run.data.resultData.error?.message).toMatch(
			/^"echo" (was not run|may have run|ran and failed): /,
		);
	});
});

test.each(ON_ERROR)(
	'items whose input n8n would take for an error stay on their branch, %s',
	async (onError) => {
		const empty = { requestData: 'json', requestJson: '{ "sandbox": { "errcode": 40097 } }' };
		const rows = [{}, { message: 'hello' }, { error: 'before' }];
		const branches = await runByCategory(rows, onError, empty);
		expect(branches['Fix Setup']).toEqual([
			{ error: expect.objectContaining({ errcode: 40097 }), errcode: 40097 },
			{ message: 'hello', error: expect.objectContaining({ errcode: 40097 }), errcode: 40097 },
			{ error: expect.objectContaining({ errcode: 40097 }), errcode: 40097 },
		]);
	},
);

test.each(ON_ERROR)(
	'how many outputs there are is told without any item, whatever else an expression decides, %s',
	async (onError) => {
		const branches = await runByCategory(
			[
				{ when: 'wait', reply: 1 },
				{ when: 'later', reply: 2 },
				{ when: 'wait', throws: 'no stock' },
			],
			onError,
			{ invocationType: '={{ $json.when }}', delaySeconds: '={{ $json.no ?? 6 }}' },
		);
		expect(branches.Success).toHaveLength(2);
		expect(branches['Function Error']).toHaveLength(1);
	},
);

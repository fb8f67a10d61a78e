import fc from 'fast-check';
import { CODES } from '../../../../wechat/codes/catalogue';
import type { OnError } from '../../../engine/invokeWorkflow';

const times = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
const delayMs = fc.constantFrom(undefined, undefined, undefined, 5, 20);

const RUNS = { no: [0], maybe: [0, 1], yes: [1] };

/** Every code that has a meaning, and some that have none. Where it may have run, it has or has not. */
const code = fc
	.constantFrom(...Object.keys(CODES).map(Number), 12345, -2, 999999)
	.chain((errcode) =>
		fc.record({
			errcode: fc.constant(errcode),
			times,
			delayMs,
			runs: fc.constantFrom(...RUNS[CODES[errcode]?.ran ?? 'maybe']),
		}),
	);
const stranger = {
	body: fc.constantFrom('', '{}', 'x', '{"errcode":', '<html>', '{"code":"BUSY","message":"m"}'),
	times,
};
/** Answers that are not WeChat's, or not whole. */
const wire = fc.oneof(
	fc.record({ reset: fc.constant(true), times, delayMs }),
	fc.record({ half: fc.constant(true), times, delayMs }),
	fc.record({ html: fc.constant(true), times }),
	fc.record({ redirect: fc.constant(true), times }),
	fc.record({ ...stranger, status: fc.constantFrom(200, 302, 499, 502), runs: fc.nat(1) }),
	fc.record({ ...stranger, status: fc.constantFrom(404, 413, 429), runs: fc.constant(0) }),
);
const slow = fc.record({ delayMs: fc.constantFrom(1, 10, 30) });
const fault = fc.oneof({ weight: 3, arbitrary: code }, wire, slow);

/** A failure of an earlier round, as a loop over the error output brings it back. */
const OWN_FAILURE = {
	...{ message: 'm', errcode: null, errmsg: '', category: 'rate-limited', retryable: true },
	...{ mayHaveRun: false, attempts: 1, hint: 'h', environment: 'e', function: 'f' },
};
const falsy = fc.constantFrom<unknown>('', 0, null, false, 'text');
const reply = fc.oneof(
	fc.constantFrom<unknown>(1, 'text', null, { a: 1 }, [{ n: 1 }, 2], [], { code: 0 }, { code: 7 }),
	falsy.map((error) => ({ error })),
	falsy.map((error) => ({ error, id: 7 })),
	falsy.map((error) => ({ error, message: 'm' })),
	falsy.map((error) => [{ error }, { error: '' }]),
);

const item = fc.record(
	{
		name: fc.constantFrom(
			'each',
			'each',
			'each',
			'each',
			'whole',
			'whole',
			'a/b',
			'noSuchFunction',
		),
		reply,
		error: fc.oneof(falsy, fc.constant(OWN_FAILURE)),
		throws: fc.constantFrom('no stock', 'FUNCTION_NOT_FOUND', 'Invoking task timed out'),
		ends: fc.constantFrom('lost' as const, 'timedOut' as const),
		sandbox: fault,
		broken: fc.constant(true),
		safe: fc.boolean(),
	},
	{ requiredKeys: ['name'], noNullPrototype: true },
);
/** Most fields are left out more often than not. */
const items = (maxLength: number) =>
	fc.array(
		fc
			.tuple(
				item,
				fc.record({
					error: fc.nat(3),
					throws: fc.nat(9),
					ends: fc.nat(19),
					sandbox: fc.nat(2),
					broken: fc.nat(5),
				}),
			)
			.map(([row, left]) => {
				const kept = { ...row };
				for (const [name, chance] of Object.entries(left)) {
					if (chance > 0) delete kept[name as keyof typeof kept];
				}
				return kept;
			}),
		{ minLength: 1, maxLength },
	);

/** The node's parameters and options that may hold an expression, and with it one that fails. */
const BREAKABLE = [
	...['environment', 'functionName', 'requestData', 'invoke', 'batchSize', 'invocationType'],
	...['delaySeconds', 'simplify', 'output'],
	...['options.timeout', 'options.concurrency', 'options.requestsPerSecond', 'options.maxTries'],
	...['options.safeToRepeat', 'options.dotNotation', 'options.invocationIdField'],
	...['options.resultCheck', 'options.largeNumbers', 'options.waitForLimits'],
	...['options.credentialPerItem', 'options.includeInputFields', 'options.sendFiles'],
	...['options.filePath', 'options.downloadFiles'],
] as const;

const parameters = {
	invoke: fc.constantFrom('oncePerItem', 'oncePerItem', 'oncePerBatch'),
	batchSize: fc.integer({ min: 1, max: 5 }),
	invocationType: fc.constantFrom('wait', 'wait', 'wait', 'later'),
	simplify: fc.constantFrom(true, true, false),
	output: fc.constantFrom('result', 'inputFieldsAndResult'),
	errorBranches: fc.constantFrom('single', 'byCategory'),
	maxTries: fc.integer({ min: 1, max: 4 }),
	concurrency: fc.integer({ min: 1, max: 8 }),
	hasResultCheck: fc.constantFrom(false, false, false, true),
	/** In seconds. To wait for a limit takes the test a quarter of a second or more. */
	waitForLimits: fc.constantFrom(...Array<number>(30).fill(0), 1),
};

/** What WeChat does beside what the items ask for. */
const world = {
	source: fc.constantFrom('fixed' as const, 'wechat' as const),
	/** Of the addresses where tokens are, for the first requests. */
	tokenFault: fc.option(
		fc.oneof(
			fc.record({ status: fc.constant(502), body: fc.constant('x'), times }),
			fc.record({ errcode: fc.constantFrom(-1, 40125, 40164, 45009, 45011), times }),
			fc.record({ reset: fc.constant(true), times }),
		),
		{ nil: undefined, freq: 2 },
	),
	/** Of the function `each`, for the calls that bring no fault of their own. */
	functionFault: fc.option(fault, { nil: undefined, freq: 2 }),
	/** The token ends at this invocation. */
	expiresAfter: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 2 }),
	/** So many functions run at once. */
	atOnce: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 2 }),
};

const retry = {
	retryOnFail: fc.boolean(),
	tries: fc.integer({ min: 2, max: 3 }),
};

export const nodeCase = fc.record({
	items: items(10),
	onError: fc.constantFrom<OnError>(
		'continueErrorOutput',
		'continueErrorOutput',
		'continueRegularOutput',
		'stopWorkflow',
	),
	...parameters,
	/** `each`: as each item says. */
	safeToRepeat: fc.constantFrom<boolean | 'each'>(false, false, true, 'each'),
	/** This parameter fails for the items that are `broken`; where it is one of the run, the first item decides. */
	broken: fc.option(fc.constantFrom(...BREAKABLE), { nil: undefined }),
	...world,
	...retry,
});
export const toolCase = fc.record({
	items: items(4),
	agent: fc.constantFrom('engineAgent', 'callingAgent'),
	onError: fc.constantFrom<OnError>('continueRegularOutput', 'stopWorkflow'),
	...parameters,
	safeToRepeat: fc.boolean(),
	...world,
	...retry,
});

type Arbitrated<A> = A extends fc.Arbitrary<infer T> ? T : never;
export type NodeCase = Arbitrated<typeof nodeCase>;
export type ToolCase = Arbitrated<typeof toolCase>;
export type Item = NodeCase['items'][number];

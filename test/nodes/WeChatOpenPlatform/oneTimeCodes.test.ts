import { getAuthorizationLink } from '../../../nodes/WeChatOpenPlatform/operations/getAuthorizationLink';
import { storeOf } from '../../engine/invokeWorkflow';
import { PROVIDER_CREDENTIAL, runPlatform } from '../../engine/platformWorkflow';
import type { OnError } from '../../engine/invokeWorkflow';
import { startStrangeWeChat, type StrangeWeChat } from './strangeWeChat';

const parameters = { operation: 'getAuthorization', authorizationCode: '={{ $json.code }}' };
const FAILING = "={{ $json.fails ? $('Nope').item.json.x : $json.code }}";
const BROKEN = { code: 'broken', fails: true };
let weChat: StrangeWeChat;
let exchanged: string[];

/** Each code is good once; "bad" never. */
beforeEach(async () => {
	weChat = await startStrangeWeChat();
	exchanged = [];
	weChat.answerWith({
		api_query_auth({ authorization_code: code }) {
			if (code === 'bad' || exchanged.includes(String(code))) return { errcode: 61010 };
			exchanged.push(String(code));
			return {
				authorization_info: { authorizer_appid: code, authorizer_refresh_token: `r-${code}` },
			};
		},
	});
});
afterEach(async () => await weChat.close());

interface Step {
	parameters?: object;
	onError?: OnError;
	node?: object;
	credential?: object;
}

const run = async (rows: object[], step: Step = {}) => {
	const credential = { ...PROVIDER_CREDENTIAL, ...step.credential };
	return await runPlatform(
		storeOf(weChat.url, credential),
		rows as never,
		{ ...parameters, ...step.parameters } as never,
		step.onError,
		step.node,
	);
};

const codes = (...names: string[]) => names.map((code) => ({ code }));
const tokens = (...names: string[]) =>
	names.map((name) => expect.objectContaining({ authorizerRefreshToken: `r-${name}` }));

test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
	'%s: a failing expression costs its item only',
	async (onError) => {
		const rows = [...codes('one'), BROKEN, ...codes('two')];
		const step = { onError, parameters: { authorizationCode: FAILING } };
		const { success, error } = await run(rows, step);
		const failed = {
			error: expect.objectContaining({
				message: expect.stringMatching(
					/^The expression in "Authorization Code" failed \(.*node doesn't exist/,
				),
				hint: expect.stringContaining('Authorization Code'),
				category: 'configuration-invalid',
			}),
		};
		const [one, two] = tokens('one', 'two');
		if (onError === 'continueErrorOutput') {
			expect(success).toEqual([one, two]);
			expect(error).toEqual([expect.objectContaining(failed)]);
		} else {
			expect(success).toEqual([one, expect.objectContaining(failed), two]);
		}
	},
);

test.each([
	['Limit', { operation: 'getManyAuthorizations', limit: '={{ $("Nope").item.json.x }}' }],
	['Return All', { operation: 'getManyAuthorizations', returnAll: '={{ nonsense( }}' }],
	[
		'Page After Authorization',
		{ operation: 'getAuthorizationLink', redirectUrl: '={{ nonsense( }}' },
	],
])('a failing expression in %s is an error that names it', async (label, broken) => {
	const { success, error } = await run([{}], { parameters: broken });
	expect(success).toEqual([]);
	expect(error[0].error.message).toContain(`The expression in "${label}" failed`);
	expect(error[0].error.hint).not.toBe('');
});

test('a failing expression in the credential costs its item only', async () => {
	const credential = {
		componentTicketSecret: '={{ $json.fails ? $("Nope").item.json.x : "sandbox-dummy-ticket" }}',
	};
	const { success, error } = await run([...codes('one'), BROKEN, ...codes('two')], { credential });
	expect(success).toEqual(tokens('one', 'two'));
	expect(error).toHaveLength(1);
});

test('Stop Workflow: where an expression fails, no code is used up', async () => {
	const rows = [...codes('one', 'two'), BROKEN];
	const step = { onError: 'stopWorkflow' as const, parameters: { authorizationCode: FAILING } };
	const { run: result } = await run(rows, step);
	expect(result.data.resultData.error).toMatchObject({
		message: expect.stringContaining('Authorization Code'),
		context: { itemIndex: 2 },
	});
	expect(exchanged).toEqual([]);
});

test('Stop Workflow: a code that WeChat refuses stops, and tells what was done before', async () => {
	const { run: result } = await run(codes('one', 'bad', 'two'), { onError: 'stopWorkflow' });
	expect(result.data.resultData.error).toMatchObject({
		message: 'The authorization code has expired or was used before.',
		description: expect.stringMatching(/Of 3 items 1 had been done before/),
		httpCode: '61010',
		context: { itemIndex: 1 },
	});
	expect(exchanged).toEqual(['one']);
});

describe('Retry On Fail', () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	test('what an earlier try has bought comes out of the last one', async () => {
		const { success, error } = await run(codes('bad', 'one', 'two'), { node });
		expect(success).toEqual(tokens('one', 'two'));
		expect(error).toEqual([expect.objectContaining({ code: 'bad' })]);
		const sent = weChat.asked.map(({ body }) => body.authorization_code);
		expect(sent).toEqual(['bad', 'one', 'two', 'bad', 'bad']);
	});

	test('with Stop Workflow too, and nothing of it is saved with the execution', async () => {
		let refusals = 1;
		weChat.answerWith({
			api_query_auth({ authorization_code: code }) {
				if (code === 'two' && refusals-- > 0) return { errcode: -1, errmsg: 'system error' };
				if (exchanged.includes(String(code))) return { errcode: 61010 };
				exchanged.push(String(code));
				return {
					authorization_info: { authorizer_appid: code, authorizer_refresh_token: `r-${code}` },
				};
			},
		});
		const { success, run: result } = await run(codes('one', 'two'), {
			node,
			onError: 'stopWorkflow',
		});
		expect(success).toEqual(tokens('one', 'two'));
		expect(result.data.executionData?.contextData).toEqual({ 'node:Platform': {} });
	});
});

test('an error that nobody has thought of costs its item only, and shows nothing of itself', async () => {
	const spy = jest.spyOn(getAuthorizationLink, 'prepare').mockReturnValueOnce(async () => {
		throw new Error('secret');
	});
	weChat.answerWith({ api_create_preauthcode: () => ({ pre_auth_code: 'p', expires_in: 1800 }) });
	const link = { operation: 'getAuthorizationLink', redirectUrl: 'https://www.example.com/' };
	const { success, error } = await run([{}, {}], { parameters: link });
	spy.mockRestore();
	expect([success, error].map((items) => items.length)).toEqual([1, 1]);
	expect(JSON.stringify(error)).not.toContain('secret');
	expect(error[0].error.category).toBe('unknown-error');
});

import type { Client } from './client';
import { code, look, readResult, type Fact } from './fact';
import { delayedTask, hosts, storage } from './longFacts';

const KIB = 1024;
const KINDS = { null: 'null', array: 'an array', text: 'a text' } as const;

/** The cheapest first. */
export const FACTS: readonly Fact[] = [
	{
		id: 'ownTokenListsEnvironments',
		question: "May a mini program's own token read the list of environments?",
		observe: async (client) => code(await client.call('/tcb/getenvinfo', {}, '{}')),
	},
	{
		id: 'ownTokenListsFunctions',
		question: "May a mini program's own token read the list of functions?",
		observe: async (client) => {
			const body = { env: client.account.environment, limit: 10, offset: 0 };
			return code(await client.call('/tcb/listfunctions', {}, JSON.stringify(body)));
		},
	},
	{
		id: 'missingFunction',
		question: 'What does a function that does not exist look like?',
		observe: async (client) => code(await client.invoke({}, 'n8nNoSuchFunction')),
	},
	{
		id: 'wrongEnvironment',
		question: 'What does an environment that does not exist look like?',
		observe: async (client) => code(await client.invoke({}, undefined, 'n8n-no-such-0a1b2c')),
	},
	{
		id: 'emptyBody',
		question: 'What does a call without a body look like?',
		observe: async (client) => code(await client.invoke('')),
	},
	{
		id: 'targetInBody',
		question: 'Are env and name read from the body?',
		observe: async (client) => {
			const { environment: env, functionName: name } = client.account;
			return code(await client.call('/tcb/invokecloudfunction', {}, JSON.stringify({ env, name })));
		},
	},
	{
		id: 'objectEvent',
		question: 'Does the body arrive as the event, with userInfo beside it?',
		observe: async (client) => {
			const answer = await client.invoke({ kind: 'echo', order: 7 });
			const event = readResult<{ event?: Record<string, unknown> }>(answer)?.event;
			return look(answer, {
				order: event?.order ?? null,
				hasUserInfo: event?.userInfo !== undefined,
			});
		},
	},
	...(['null', 'array', 'text'] as const).map((kind) => ({
		id: `${kind}Result`,
		question: `What does a function that returns ${KINDS[kind]} look like?`,
		observe: async (client: Client) => {
			const answer = await client.invoke({ kind });
			return look(answer, { resp_data: answer.fields.resp_data ?? null });
		},
	})),
	...(
		[
			['arrayEvent', '[1]'],
			['textEvent', '"text"'],
			['numberEvent', '7'],
		] as const
	).map(([id, body]) => ({
		id,
		question: `What does a call with the body ${body} look like?`,
		observe: async (client: Client) => code(await client.invoke(body)),
	})),
	{
		id: 'thrownError',
		question: 'What does a function that throws look like?',
		observe: async (client) => {
			const answer = await client.invoke({ kind: 'throw' });
			const result = readResult<Record<string, unknown>>(answer);
			const shape = result && Object.keys(result).sort().join(' ');
			return look(answer, { shape: shape ?? null }, answer.errmsg || answer.fields.resp_data);
		},
	},
	...([100, 512, 1000] as const).map((kib) => ({
		id: `request${kib}KiB`,
		question: `Is a request of ${kib} KiB taken?`,
		observe: async (client: Client) =>
			code(await client.invoke({ kind: 'text', filler: 'x'.repeat(kib * KIB) })),
	})),
	...([512, 1100] as const).map((kib) => ({
		id: `result${kib}KiB`,
		question: `Does a result of ${kib} KiB arrive?`,
		observe: async (client: Client) =>
			code(await client.invoke({ kind: 'size', bytes: kib * KIB })),
	})),
	{
		id: 'timeLimit',
		question: 'What does a function of 8 seconds look like, and after how long?',
		observe: async (client) => {
			const answer = await client.invoke({ kind: 'slow', ms: 8000 });
			return look(answer, { seconds: Math.round(answer.elapsedMs / 1000) });
		},
	},
	{
		id: 'busy',
		question: 'How soon does a "system error" (-1) come?',
		// Nobody can bring one about.
		observe: async () => undefined,
	},
	storage,
	delayedTask,
	hosts,
];

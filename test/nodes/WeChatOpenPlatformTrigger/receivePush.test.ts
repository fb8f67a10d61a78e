import { writeMessage, type MessageFields } from '../../../sandbox/openPlatform/pushes/messages';
import { INFO_TYPES } from '../../../wechat/push/infoTypes';
import { APP_ID, encodingAesKey, otherKey } from '../../wechat/push/provider';
import { openTrigger, sealByOthers } from './pushTo';

const SUCCESS = { status: 200, text: 'success', log: [] };
const NOT_VERIFIED = { status: 403, text: 'This push could not be verified.', items: [] };
const NOT_READY = { status: 503, text: 'This address is not ready.', items: [] };
let lastTime = 1740787200;

/** A message that no other test sends. */
function makeMessage(InfoType: string, fields: MessageFields = {}, nested = ''): string {
	lastTime += 1;
	const head = { AppId: APP_ID, CreateTime: lastTime, InfoType };
	return writeMessage({ ...head, ...fields }).replace('</xml>', `${nested}</xml>`);
}

const info = `<info>
	<name><![CDATA[茶馆]]></name>
	<code>91310000</code>
	<code_type>1</code_type>
	<legal_persona_wechat><![CDATA[sandbox-dummy]]></legal_persona_wechat>
	<unique_id><![CDATA[u-1]]></unique_id>
</info>`;
const infoFields = {
	name: '茶馆',
	code: '91310000',
	codeType: '1',
	legalPersonaWechat: 'sandbox-dummy',
	uniqueId: 'u-1',
};
const dispatch = '<taskid>t-1</taskid><dispatch_info><provider>A</provider></dispatch_info>';

test.each([
	['notify_third_fasteregister', { status: 0 }, info, { status: '0', info: infoFields }],
	['notify_third_fastregisterbetaapp', { status: 0 }, info, { status: '0', info: infoFields }],
	['notify_third_fastverifybetaapp', { status: 0 }, info, { status: '0', info: infoFields }],
	[
		'notify_3rd_wxa_auth',
		{ appid: 'wx-new' },
		dispatch,
		{ appid: 'wx-new', taskid: 't-1', dispatchInfo: { provider: 'A' } },
	],
	['notify_3rd_wxa_wxverify', { task_status: 2 }, '', { taskStatus: '2' }],
	['notify_3rd_wxa_auth_and_icp', { procedure_id: 'p-1' }, '', { procedureId: 'p-1' }],
	['notify_apply_icpfiling_result', { beian_status: 2 }, '', { beianStatus: '2' }],
	['notify_icpfiling_verify_result', { verify_appid: 'wx-1' }, '', { verifyAppid: 'wx-1' }],
	[
		'something_new',
		{ Any: 'text' },
		'<a><b><c>1</c></b></a>',
		{ any: 'text', a: { b: { c: '1' } } },
	],
] as const)(
	'%s becomes an item, elements within elements objects',
	async (type, fields, nested, item) => {
		const push = openTrigger();
		const { items, ...answer } = await push(sealByOthers(makeMessage(type, fields, nested)));
		expect(answer).toEqual(SUCCESS);
		expect(items).toEqual([{ infoType: type, appId: APP_ID, createTime: lastTime, ...item }]);
	},
);

test('every event that WeChat names can be chosen', () => {
	expect(INFO_TYPES.map(({ infoType }) => infoType)).toEqual(
		expect.arrayContaining([
			'component_verify_ticket',
			'authorized',
			'updateauthorized',
			'unauthorized',
			'notify_third_fasteregister',
			'notify_third_fastregisterbetaapp',
			'notify_third_fastverifybetaapp',
			'notify_3rd_wxa_auth',
			'notify_3rd_wxa_wxverify',
			'notify_3rd_wxa_auth_and_icp',
			'notify_apply_icpfiling_result',
			'notify_icpfiling_verify_result',
		]),
	);
});

test('blanks behind CreateTime and lines around a CDATA change nothing', async () => {
	const message = makeMessage('authorized')
		.replace(String(lastTime), `${lastTime} `)
		.replaceAll('<![CDATA[', '\n<![CDATA[')
		.replaceAll(']]>', ']]>\n');
	const { items, ...answer } = await openTrigger()(sealByOthers(message));
	expect(answer).toEqual(SUCCESS);
	expect(items).toEqual([{ infoType: 'authorized', appId: APP_ID, createTime: lastTime }]);
});

test.each([
	['nested', makeMessage('notify_third_fasteregister', {}, info)],
	['with a DTD', `<!DOCTYPE xml>${makeMessage('notify_third_fasteregister')}`],
	['too deep', makeMessage('something_new', {}, `${'<a>'.repeat(20)}${'</a>'.repeat(20)}`)],
])('a verified push that is not wanted is answered success: %s', async (_what, message) => {
	const push = openTrigger({ events: ['component_verify_ticket'] });
	expect(await push(sealByOthers(message))).toEqual({ ...SUCCESS, items: [] });
});

test.each([
	['a DTD', (message: string) => `<!DOCTYPE xml>${message}`],
	['an entity of its own', (message: string) => message.replace('</xml>', '<a>&b;</a></xml>')],
	['an attribute', (message: string) => message.replace('</xml>', '<a b="1">2</a></xml>')],
	[
		'20 levels',
		(message: string) => message.replace('</xml>', `${'<a>'.repeat(20)}${'</a>'.repeat(20)}</xml>`),
	],
	[
		'2,000 elements',
		(message: string) => message.replace('</xml>', `${'<a>1</a>'.repeat(2000)}</xml>`),
	],
])('%s in a wanted push is refused, and the log says why', async (_what, spoil) => {
	const { log, ...answer } = await openTrigger()(sealByOthers(spoil(makeMessage('authorized'))));
	expect(answer).toEqual(NOT_VERIFIED);
	expect(log).toEqual([expect.stringContaining("what was encrypted is not WeChat's XML")]);
});

test("a message of a customer's account is refused, and the log says where it belongs", async () => {
	const { query, body } = sealByOthers(makeMessage('text'));
	const ofCustomer = body.replace(/<AppId>.*<\/AppId>/, '<ToUserName>gh_0123</ToUserName>');
	const { log, ...answer } = await openTrigger()({ query, body: ofCustomer });
	expect(answer).toEqual({ status: 400, text: 'This is no push of WeChat.', items: [] });
	expect(log).toEqual([expect.stringContaining('message and event URL')]);
});

test.each([-400, 400])('a clock that is %i seconds off is named in the log', async (secondsOff) => {
	const now = Math.floor(Date.now() / 1000);
	const sealed = sealByOthers(makeMessage('authorized'), now + secondsOff);
	const { log, ...answer } = await openTrigger()(sealed);
	expect(answer).toEqual(NOT_VERIFIED);
	expect(log).toEqual([expect.stringContaining('check the clock of n8n')]);
});

test('keys that were pasted with = and blanks do', async () => {
	const pasted = {
		encodingAesSecretKey: ` ${otherKey}= `,
		previousEncodingAesSecretKey: `\n${encodingAesKey} =\n`,
	};
	const push = openTrigger({}, pasted);
	expect(await push(sealByOthers(makeMessage('authorized')))).toMatchObject(SUCCESS);
});

test.each([
	['a text', '={{ "authorized" }}'],
	['a list', '={{ ["authorized"] }}'],
	['nothing', '={{ undefined }}'],
	['an empty text', '={{ "" }}'],
])('an expression in Events may give %s', async (_what, events) => {
	const { items, ...answer } = await openTrigger({ events })(
		sealByOthers(makeMessage('authorized')),
	);
	expect(answer).toEqual(SUCCESS);
	expect(items).toHaveLength(1);
});

test.each([
	['fails', "={{ $('Nope').item.json.x }}"],
	['is none', '={{ nonsense( }}'],
	['gives something else', '={{ { a: 1 } }}'],
])(
	'an expression in Events that %s starts nothing and is named in the log',
	async (_what, events) => {
		const push = openTrigger({ events });
		const { log, ...answer } = await push(sealByOthers(makeMessage('authorized')));
		expect(answer).toEqual(NOT_READY);
		expect(log).toEqual([expect.stringContaining('the parameter Events')]);
	},
);

test('whatever n8n throws, nothing is started, and nothing of it is logged', async () => {
	const query = Object.defineProperty({}, 'timestamp', {
		get() {
			throw new Error('secret');
		},
	});
	const { log, ...answer } = await openTrigger()({ query, body: '' });
	expect(answer).toEqual(NOT_READY);
	expect(log).toEqual([expect.stringContaining('n8n could not handle it')]);
	expect(log[0]).not.toContain('secret');
});

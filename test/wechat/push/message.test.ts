import { writeMessage } from '../../../sandbox/openPlatform/pushes/messages';
import { findInfoType, readMessage as readSent } from '../../../wechat/push/message';

const readMessage = (text: string) => readSent(text, { appId: 'wx-recipient', sentAt: 7 });
const HEAD = { AppId: 'wx-sandbox-provider', CreateTime: 1740787200, InfoType: 'authorized' };
const head = { infoType: 'authorized', appId: 'wx-sandbox-provider', createTime: 1740787200 };
const withMore = (xml: string) => writeMessage(HEAD).replace('</xml>', `${xml}</xml>`);

test('names become lower camel case, createTime a number; the rest stays text', () => {
	const fields = {
		...HEAD,
		AuthorizerAppid: 'wx-sandbox-customer',
		AuthorizationCodeExpiredTime: 1740790800,
		PreAuthCode: 'dummy',
		auth_code: 'dummy',
		appid: 'wx-other',
	};
	expect(readMessage(writeMessage(fields))).toEqual({
		...head,
		authorizerAppid: 'wx-sandbox-customer',
		authorizationCodeExpiredTime: '1740790800',
		preAuthCode: 'dummy',
		authCode: 'dummy',
		appid: 'wx-other',
	});
});

test('what each push has comes first in the item, then the rest as WeChat writes it', () => {
	const text =
		'<xml><Zeta>1</Zeta><CreateTime>5</CreateTime><Alpha>2</Alpha><InfoType>a</InfoType></xml>';
	expect(Object.keys(readMessage(text) ?? {})).toEqual([
		'infoType',
		'appId',
		'createTime',
		'zeta',
		'alpha',
	]);
});

test('elements within an element are an object, at any level; what comes several times is a list', () => {
	const xml = `<info>
		<name><![CDATA[茶馆]]></name>
		<code_type>1</code_type>
		<empty/>
		<audit_data><key_name>a</key_name></audit_data>
		<audit_data><key_name>b</key_name></audit_data>
	</info>`;
	expect(readMessage(withMore(xml))).toEqual({
		...head,
		info: {
			name: '茶馆',
			codeType: '1',
			empty: '',
			auditData: [{ keyName: 'a' }, { keyName: 'b' }],
		},
	});
});

test('of two names that would become one, the second stays as it is', () => {
	const more = '<app_id>wx-else</app_id><a_b>1</a_b><AB>2</AB><a_b>3</a_b>';
	expect(readMessage(withMore(more))).toEqual({
		...head,
		app_id: 'wx-else',
		aB: ['1', '3'],
		AB: '2',
	});
});

test('a name of all objects is a field like any other', () => {
	const message = readMessage(withMore('<constructor>1</constructor><__proto__>2</__proto__>'));
	expect(message).toMatchObject({ constructor: '1' });
	expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
});

test.each([
	['a blank behind it', '1740787200 '],
	['lines around its CDATA', '\n<![CDATA[1740787200]]>\n'],
	['a blank in its CDATA', '<![CDATA[ 1740787200]]>'],
])('CreateTime may have %s', (_what, text) => {
	expect(readMessage(writeMessage(HEAD).replace('1740787200', text))).toEqual(head);
});

test.each([
	['no XML', '{"InfoType":"authorized"}'],
	['no InfoType', writeMessage(HEAD).replaceAll('InfoType', 'Type')],
	['an empty InfoType', writeMessage({ ...HEAD, InfoType: '' })],
	['two InfoTypes', withMore('<InfoType>unauthorized</InfoType>')],
	['an InfoType of elements', writeMessage(HEAD).replace(/<!\[CDATA\[authorized\]\]>/, '<A>1</A>')],
])('%s is no message', (_what, text) => {
	expect(readMessage(text)).toBeUndefined();
});

test.each([
	['no AppId', { InfoType: 'authorized', CreateTime: 5 }, { appId: 'wx-recipient', createTime: 5 }],
	['no CreateTime', { InfoType: 'authorized', AppId: 'wx-a' }, { appId: 'wx-a', createTime: 7 }],
	['a CreateTime that is no number', { ...HEAD, CreateTime: 'now' }, { createTime: 7 }],
])('with %s what the push says stands in', (_what, fields, item) => {
	expect(readMessage(writeMessage(fields))).toEqual({ ...head, ...item });
});

test.each([
	['in a CDATA', '<xml><InfoType><![CDATA[authorized]]></InfoType>'],
	['as text', '<xml><InfoType>authorized</InfoType>'],
	['in lines', '<xml><InfoType>\n<![CDATA[\nauthorized\n]]>\n</InfoType>'],
	['behind a DTD', '<!DOCTYPE xml><xml><InfoType>authorized</InfoType>'],
])('the InfoType is found in what else is unreadable, %s', (_how, text) => {
	expect(findInfoType(text)).toBe('authorized');
});

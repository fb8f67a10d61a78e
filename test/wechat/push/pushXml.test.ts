import fc from 'fast-check';
import { writeMessage } from '../../../sandbox/openPlatform/pushes/messages';
import { readFlatXml } from '../../../wechat/push/flatXml';
import { readMessage } from '../../../wechat/push/message';

test.each([
	['text', '<xml><A>one two</A></xml>', { A: 'one two' }],
	['a CDATA', '<xml><A><![CDATA[<b>&amp;]]]></A></xml>', { A: '<b>&amp;]' }],
	['nothing', '<xml><A></A><B><![CDATA[]]></B></xml>', { A: '', B: '' }],
	['white space between', ' <xml>\n\t<A>1</A>\r\n<B>2</B>\n</xml>\n', { A: '1', B: '2' }],
	['no elements', '<xml></xml>', {}],
	['a name of all objects', '<xml><constructor>1</constructor></xml>', { constructor: '1' }],
])('%s is read', (_what, xml, fields) => {
	expect(readFlatXml(xml)).toEqual(new Map(Object.entries(fields)));
});

test.each([
	['nothing', ''],
	['another root', '<root><A>1</A></root>'],
	['no end', '<xml><A>1</A>'],
	['an element without an end', '<xml><A>1</xml>'],
	['an end of another name', '<xml><A>1</B></xml>'],
	['a CDATA without an end', '<xml><A><![CDATA[1</A></xml>'],
	['an end of a CDATA inside a CDATA', '<xml><A><![CDATA[1]]>2]]></A></xml>'],
	['a CDATA over two elements', '<xml><A><![CDATA[1]]></A><B>2]]></A></xml>'],
	['text beside a CDATA', '<xml><A>1<![CDATA[2]]></A></xml>'],
	['text between elements', '<xml><A>1</A>2</xml>'],
	['an element within an element', '<xml><A><B>1</B></A></xml>'],
	['the same name twice', '<xml><A>1</A><A>2</A></xml>'],
	['an attribute', '<xml><A b="1">2</A></xml>'],
	['an empty element', '<xml><A/></xml>'],
	['an entity', '<xml><A>&lt;</A></xml>'],
	['a comment', '<xml><!-- 1 --><A>2</A></xml>'],
	['a declaration', '<?xml version="1.0"?><xml><A>1</A></xml>'],
	['a DTD', '<!DOCTYPE xml><xml><A>1</A></xml>'],
	[
		'a DTD with an entity',
		'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><A>&a;</A></xml>',
	],
	['a DTD inside', '<xml><!DOCTYPE xml><A>1</A></xml>'],
	['two roots', '<xml><A>1</A></xml><xml><B>2</B></xml>'],
	['only an end', '</xml>'],
	['a start that is its end', '<xml/>'],
])('%s is refused', (_what, xml) => {
	expect(readFlatXml(xml)).toBeUndefined();
});

test('whatever is written is read again', () => {
	const name = fc.stringMatching(/^[A-Za-z]\w{0,20}$/);
	const value = fc.oneof(
		fc.nat(),
		fc.string().filter((one) => !one.includes(']]>')),
	);
	fc.assert(
		fc.property(fc.dictionary(name, value), (fields) => {
			const texts = Object.entries(fields).map(([key, one]) => [key, String(one)] as const);
			expect(readFlatXml(writeMessage(fields))).toEqual(new Map(texts));
		}),
	);
});

// Long enough that a reader which looks at anything again and again would not come to an end here.
test.each([
	['white space', ' '.repeat(65_536)],
	['an endless name', `<xml><${'a'.repeat(65_536)}`],
	['an endless CDATA', `<xml><A><![CDATA[${']]'.repeat(32_768)}</xml>`],
	['an endless text', `<xml><A>${'a '.repeat(32_768)}</xml>`],
	['elements without an end', `<xml>${'<A>'.repeat(20_000)}</xml>`],
])('64 kB of %s are refused', (_what, xml) => {
	expect(readFlatXml(xml)).toBeUndefined();
});

test('names become lower camel case, createTime a number; the rest stays text', () => {
	const fields = {
		AppId: 'wx-sandbox-provider',
		CreateTime: 1740787200,
		InfoType: 'authorized',
		AuthorizerAppid: 'wx-sandbox-customer',
		AuthorizationCodeExpiredTime: 1740790800,
		PreAuthCode: 'dummy',
		auth_code: 'dummy',
		appid: 'wx-other',
	};
	expect(readMessage(writeMessage(fields))).toEqual({
		infoType: 'authorized',
		appId: 'wx-sandbox-provider',
		createTime: 1740787200,
		authorizerAppid: 'wx-sandbox-customer',
		authorizationCodeExpiredTime: '1740790800',
		preAuthCode: 'dummy',
		authCode: 'dummy',
		appid: 'wx-other',
	});
});

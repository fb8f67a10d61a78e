import fc from 'fast-check';
import { writeMessage } from '../../../sandbox/openPlatform/pushes/messages';
import { readFlatXml, readXml } from '../../../wechat/push/xml';

const nest = (levels: number) => `<xml>${'<A>'.repeat(levels)}1${'</A>'.repeat(levels)}</xml>`;
const repeat = (count: number) => `<xml>${'<A>1</A>'.repeat(count)}</xml>`;

describe('what anybody may have written', () => {
	test.each([
		['text', '<xml><A>one two</A></xml>', { A: 'one two' }],
		['a CDATA', '<xml><A><![CDATA[<b>];]]]></A></xml>', { A: '<b>];]' }],
		['nothing', '<xml><A></A><B><![CDATA[]]></B></xml>', { A: '', B: '' }],
		['white space between', ' <xml>\n\t<A>1</A>\r\n<B>2</B>\n</xml>\n', { A: '1', B: '2' }],
		['lines around a CDATA', '<xml><A>\n<![CDATA[ 1 ]]>\n</A></xml>', { A: ' 1 ' }],
		['no elements', '<xml></xml>', {}],
		['a name of all objects', '<xml><constructor>1</constructor></xml>', { constructor: '1' }],
	])('%s is read', (_what, xml, fields) => {
		expect(readFlatXml(xml)).toEqual(new Map(Object.entries(fields)));
	});

	test.each([
		['an element within an element', '<xml><A><B>1</B></A></xml>'],
		['the same name twice', '<xml><A>1</A><A>2</A></xml>'],
		['an empty element', '<xml><A/></xml>'],
		['an entity', '<xml><A>&lt;</A></xml>'],
		['a reference to a character', '<xml><A>&#60;</A></xml>'],
		['a declaration', '<?xml version="1.0"?><xml><A>1</A></xml>'],
	])('%s is refused', (_what, xml) => {
		expect(readFlatXml(xml)).toBeUndefined();
	});

	test('whatever is written is read again', () => {
		const name = fc.stringMatching(/^[A-Za-z]\w{0,20}$/);
		const value = fc.oneof(
			fc.nat(),
			fc.string().filter((one) => !/\]\]>|&|<\?|\/>/.test(one)),
		);
		fc.assert(
			fc.property(fc.dictionary(name, value), (fields) => {
				const texts = Object.entries(fields).map(([key, one]) => [key, String(one)] as const);
				expect(readFlatXml(writeMessage(fields))).toEqual(new Map(texts));
			}),
		);
	});
});

describe('what only WeChat can have encrypted', () => {
	test.each([
		['a blank behind a number', '<xml><A>1413192605 </A></xml>', '1413192605'],
		['lines around a CDATA', '<xml><A>\r\n\t<![CDATA[ 1 ]]>\n</A></xml>', ' 1 '],
		['two CDATA in a row', '<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>', 'a]]>b'],
		['text beside a CDATA', '<xml><A>1<![CDATA[2]]></A></xml>', '12'],
		["XML's own entities", '<xml><A>&lt;&gt;&amp;&quot;&apos;</A></xml>', '<>&"\''],
		['references to characters', '<xml><A>&#33590;&#x8336;</A></xml>', '茶茶'],
		['an & that stands for itself', '<xml><A>tea & rice &c &;</A></xml>', 'tea & rice &c &;'],
		['a NUL behind the end', '<xml><A>1</A></xml>\0\0', '1'],
		['a reference to no character', '<xml><A>&#55296;&#x110000;</A></xml>', '\uFFFD\uFFFD'],
		['entities in a CDATA as they are', '<xml><A><![CDATA[&lt;&own;]]></A></xml>', '&lt;&own;'],
		['an empty element', '<xml><A/></xml>', ''],
		['blanks in tags', '<xml ><A >1</A ></xml >', '1'],
		['a declaration', '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<xml><A>1</A></xml>', '1'],
	])('%s is read', (_what, xml, text) => {
		expect(readXml(xml)).toEqual([{ name: 'A', text, elements: [] }]);
	});

	test('names may hold what XML lets them', () => {
		expect(readXml('<xml><Reason-Code.x>1</Reason-Code.x></xml>')).toEqual([
			{ name: 'Reason-Code.x', text: '1', elements: [] },
		]);
	});

	test('elements within elements are read, also where a name comes again', () => {
		const b = (text: string) => ({ name: 'B', text, elements: [] });
		expect(readXml('<xml><A>\n<B>1</B>\n<B><![CDATA[2]]></B>\n</A></xml>')).toEqual([
			{ name: 'A', text: '', elements: [b('1'), b('2')] },
		]);
	});

	test.each([
		['nothing', ''],
		['another root', '<root><A>1</A></root>'],
		['no end', '<xml><A>1</A>'],
		['an element without an end', '<xml><A>1</xml>'],
		['an end of another name', '<xml><A>1</B></xml>'],
		['an end that is closed', '<xml><A>1</A/></xml>'],
		['a CDATA without an end', '<xml><A><![CDATA[1</A></xml>'],
		['an end of a CDATA inside a CDATA', '<xml><A><![CDATA[1]]>2]]></B></xml>'],
		['text between elements', '<xml><A>1</A>2</xml>'],
		['text beside an element', '<xml><A>1<B>2</B></A></xml>'],
		['text behind the end', '<xml><A>1</A></xml>2'],
		['an attribute', '<xml><A b="1">2</A></xml>'],
		['a comment', '<xml><!-- 1 --><A>2</A></xml>'],
		['an entity of its own', '<xml><A>&own;</A></xml>'],
		['a DTD', '<!DOCTYPE xml><xml><A>1</A></xml>'],
		['a DTD behind a declaration', '<?xml version="1.0"?><!DOCTYPE xml><xml><A>1</A></xml>'],
		[
			'a DTD with an entity',
			'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><A>&a;</A></xml>',
		],
		['a DTD inside', '<xml><!DOCTYPE xml><A>1</A></xml>'],
		['two roots', '<xml><A>1</A></xml><xml><B>2</B></xml>'],
		['only an end', '</xml>'],
		['more than 10 levels', nest(11)],
		['more than 1,000 elements', repeat(1001)],
	])('%s is refused', (_what, xml) => {
		expect(readXml(xml)).toBeUndefined();
		expect(readFlatXml(xml)).toBeUndefined();
	});

	test('10 levels and 1,000 elements are not too many', () => {
		expect(readXml(nest(9))).toHaveLength(1);
		expect(readXml(repeat(999))).toHaveLength(999);
	});
});

// Long enough that a reader which looks at anything again and again would not come to an end here.
test.each([
	['white space', ' '.repeat(65_536)],
	['an endless name', `<xml><${'a'.repeat(65_536)}`],
	['an endless CDATA', `<xml><A><![CDATA[${']]'.repeat(32_768)}</xml>`],
	['an endless text', `<xml><A>${'a '.repeat(32_768)}</xml>`],
	['elements without an end', `<xml>${'<A>'.repeat(20_000)}</xml>`],
	['an endless declaration', `<?xml ${'?'.repeat(65_536)}`],
	['half entities', `<xml><A>${'&#1'.repeat(20_000)}&own;</A></xml>`],
	['a CDATA for each character', `<xml><A>${'<![CDATA[a]]>'.repeat(5_000)}</xml>`],
])('64 kB of %s are refused', (_what, xml) => {
	expect(readXml(xml)).toBeUndefined();
	expect(readFlatXml(xml)).toBeUndefined();
});

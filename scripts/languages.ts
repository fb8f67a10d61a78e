import type { Ran } from '../wechat/codes/kinds';
import chineseTexts from '../docs/zh-CN/codes.json';

/** What the tables of codes say in one language. */
export interface Language {
	/** The columns behind the first. */
	heads: readonly string[];
	/** The first column where it holds words of WeChat's instead of codes. */
	words: string;
	anyOther: string;
	ran: Readonly<Record<Ran, string>>;
	/** Both take a text of the catalogue. @throws Error for one that this language doesn't have */
	writeWhat: (text: string) => string;
	writeHint: (text: string) => string;
}

export const ENGLISH: Language = {
	heads: ['what happened', 'category', 'branch', 'did the function run?', 'what to do'],
	words: 'words in errmsg',
	anyOther: 'any other',
	ran: { no: 'no', maybe: 'unknown', yes: 'yes' },
	writeWhat: (text) => `${text[0].toUpperCase()}${text.slice(1)}`,
	writeHint: (text) => text,
};

/** The Chinese of each text of the catalogue, by the English one: a text that changes is missing here. */
export const CHINESE_TEXTS = new Map(Object.entries(chineseTexts));

export const CHINESE: Language = {
	heads: ['发生了什么', '类别', '分支', '云函数执行了吗？', '该怎么办'],
	words: 'errmsg 里的文字',
	anyOther: '其他任何错误码',
	ran: { no: '没有', maybe: '不明', yes: '执行了' },
	writeWhat: writeChinese,
	writeHint: writeChinese,
};

function writeChinese(text: string): string {
	const chinese = CHINESE_TEXTS.get(text);
	if (chinese === undefined) throw new Error(`docs/zh-CN/codes.json has no text for "${text}".`);
	return chinese;
}

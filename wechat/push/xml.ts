/** WeChat's own have 5 levels and some 30 elements. */
const MAX_DEPTH = 10;
const MAX_ELEMENTS = 1000;

/** A tag, a CDATA, which ends at its first end, or the text up to the next of them. */
const TOKEN = /<(\/?)([A-Za-z_][\w.-]*)\s*(\/?)>|<!\[CDATA\[((?:(?!\]\]>)[^])*)\]\]>|([^<]+)/y;
const DECLARATION = /^\uFEFF?\s*<\?xml\s[^<>]*\?>/;
const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g;
const ENTITY = /&[\w.#:-]+;/;
const REPLACEMENT = 0xfffd;
const NAMED: Readonly<Record<string, string>> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	apos: "'",
};

export interface XmlElement {
	name: string;
	/** A CDATA as it is; other text without the white space around it. '' beside elements. */
	text: string;
	elements: XmlElement[];
}

/**
 * The elements in the root `xml` of what WeChat pushes: each holds text, CDATA or elements. `undefined`
 * for anything else: a DTD, entities of its own, attributes, comments, text beside elements, more than 10
 * levels or 1,000 elements.
 */
export function readXml(text: string): XmlElement[] | undefined {
	const whole = text.replace(DECLARATION, '').replace(/\0+$/, '').trim();
	const document = openElement('');
	const open = [document];
	let count = 0;
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < whole.length) {
		const token = TOKEN.exec(whole);
		const inner = open[open.length - 1];
		if (!token) return undefined;
		const [, ending, name, closed, data, plain] = token;
		if (name === undefined) {
			const piece = data ?? decodeReferences(plain);
			if (piece === undefined) return undefined;
			inner.pieces.push({ text: piece, isData: data !== undefined });
		} else if (ending) {
			if (open.length === 1 || inner.name !== name || closed) return undefined;
			const text = joinPieces(inner.pieces);
			if (inner.elements.length > 0 && text !== '') return undefined;
			open.pop();
			open[open.length - 1].elements.push({ name, text, elements: inner.elements });
		} else {
			count += 1;
			if (open.length > MAX_DEPTH || count > MAX_ELEMENTS) return undefined;
			if (closed) inner.elements.push({ name, text: '', elements: [] });
			else open.push(openElement(name));
		}
	}
	const [root, ...others] = document.elements;
	const isWhole = open.length === 1 && document.pieces.length === 0 && others.length === 0;
	return isWhole && root?.name === 'xml' && root.text === '' ? root.elements : undefined;
}

/**
 * The fields of an envelope, which anybody may have written: a flat `xml` whose elements hold text or a
 * CDATA, each name once, and nothing that has to be decoded.
 */
export function readFlatXml(text: string): ReadonlyMap<string, string> | undefined {
	if (/&|<\?|\/>/.test(text)) return undefined;
	const elements = readXml(text);
	if (!elements || elements.some((element) => element.elements.length > 0)) return undefined;
	const fields = new Map(elements.map((element) => [element.name, element.text]));
	return fields.size === elements.length ? fields : undefined;
}

interface Piece {
	text: string;
	isData: boolean;
}

function openElement(name: string) {
	return { name, pieces: [] as Piece[], elements: [] as XmlElement[] };
}

/** WeChat breaks lines around a CDATA, and leaves blanks behind a number. */
function joinPieces(pieces: readonly Piece[]): string {
	return pieces.map(({ text, isData }) => (isData ? text : text.trim())).join('');
}

/** `undefined` where an entity is none of XML's own. An `&` that stands for itself does. */
function decodeReferences(text: string): string | undefined {
	if (ENTITY.test(text.replace(REFERENCE, ''))) return undefined;
	return text.replace(REFERENCE, (_all, name?: string, decimal?: string, hex?: string) => {
		if (name) return NAMED[name];
		const code = decimal ? parseInt(decimal, 10) : parseInt(hex ?? '', 16);
		const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
		return String.fromCodePoint(isCharacter ? code : REPLACEMENT);
	});
}

const START = '<xml>';
const END = '</xml>';
/** An element with a CDATA or with text; the CDATA ends at its first end. */
const ELEMENT = /\s*<([A-Za-z_]\w*)>(?:<!\[CDATA\[((?:(?!\]\]>)[^])*)\]\]>|([^<>&]*))<\/\1>/y;

/**
 * Reads the XML that WeChat pushes: a root `xml` whose elements hold text or a CDATA, each name once.
 * Anything else is refused with `undefined`, above all declarations of types and entities, attributes,
 * comments, and elements within elements.
 */
export function readFlatXml(text: string): ReadonlyMap<string, string> | undefined {
	const whole = text.trim();
	if (!whole.startsWith(START) || !whole.endsWith(END)) return undefined;
	const inside = whole.slice(START.length, -END.length).trimEnd();

	const fields = new Map<string, string>();
	let position = 0;
	while (position < inside.length) {
		ELEMENT.lastIndex = position;
		const element = ELEMENT.exec(inside);
		if (!element) return undefined;
		const [all, name, data, plain] = element;
		if (fields.has(name)) return undefined;
		fields.set(name, data ?? plain);
		position += all.length;
	}
	return fields;
}

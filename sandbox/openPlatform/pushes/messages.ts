/** What a push tells, in WeChat's names and in its order. Text is CDATA, a number is bare. */
export type MessageFields = Readonly<Record<string, string | number>>;

/** WeChat's flat XML. The values are the sandbox's own: none holds the end of a CDATA. */
export function writeMessage(fields: MessageFields): string {
	const elements = Object.entries(fields).map(([name, value]) =>
		typeof value === 'number'
			? `<${name}>${value}</${name}>`
			: `<${name}><![CDATA[${value}]]></${name}>`,
	);
	return `<xml>${elements.join('')}</xml>`;
}

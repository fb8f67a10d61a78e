import { readXml, type XmlElement } from './xml';

/** Text, or what stands in an element: an object; a list where the element comes several times. */
export type PushValue = string | number | PushValue[] | { [field: string]: PushValue };

/** What WeChat tells: its fields in lower camel case, all text but `createTime`. */
export interface PushMessage {
	infoType: string;
	/** The component's App ID. */
	appId: string;
	/** Seconds since 1970. */
	createTime: number;
	[field: string]: PushValue;
}

const HEAD = ['InfoType', 'AppId', 'CreateTime'];
const WHOLE_NUMBER = /^\d{1,15}$/;

/** What a push says beside its message: it stands in for what the message leaves out. */
export interface Sending {
	/** Whom it was encrypted for. */
	appId: string;
	/** When it was sent, in seconds since 1970. */
	sentAt: number;
}

/** `undefined` for a text that is no message of WeChat's: no XML as it writes it, or about nothing. */
export function readMessage(text: string, { appId, sentAt }: Sending): PushMessage | undefined {
	const elements = readXml(text);
	const infoType = elements && findText(elements, 'InfoType');
	if (!infoType) return undefined;
	const time = findText(elements, 'CreateTime');
	const others = elements.filter(({ name }) => !HEAD.includes(name));
	return {
		infoType,
		appId: findText(elements, 'AppId') || appId,
		createTime: WHOLE_NUMBER.test(time) ? Number(time) : sentAt,
		...readFields(others, HEAD),
	};
}

/** What a push is about, also where the rest of it can't be read. */
export function findInfoType(text: string): string | undefined {
	return /<InfoType>\s*(?:<!\[CDATA\[)?\s*(\w+)/.exec(text)?.[1];
}

/** '' if it is not there exactly once. */
function findText(elements: readonly XmlElement[], name: string): string {
	const found = elements.filter((element) => element.name === name);
	return found.length === 1 ? found[0].text.trim() : '';
}

/** @param taken names, as WeChat writes them, whose lower camel case means something else here */
function readFields(
	elements: readonly XmlElement[],
	taken: readonly string[] = [],
): { [field: string]: PushValue } {
	const keys = new Map(taken.map((name) => [toLowerCamelCase(name), name]));
	const fields = new Map<string, PushValue[]>();
	for (const { name, text, elements: inner } of elements) {
		const camelCase = toLowerCamelCase(name);
		const owner = keys.get(camelCase) ?? name;
		keys.set(camelCase, owner);
		// Of two names that would become one, the second stays as it is.
		const key = owner === name ? camelCase : name;
		const value = inner.length > 0 ? readFields(inner) : text;
		fields.set(key, [...(fields.get(key) ?? []), value]);
	}
	return Object.fromEntries(
		[...fields].map(([key, values]) => [key, values.length > 1 ? values : values[0]]),
	);
}

/** `ComponentVerifyTicket`, `auth_code` -> `componentVerifyTicket`, `authCode` */
function toLowerCamelCase(name: string): string {
	const joined = name.replace(/[-_.]+(\w)/g, (_match, next: string) => next.toUpperCase());
	return joined.charAt(0).toLowerCase() + joined.slice(1);
}

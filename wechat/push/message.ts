import { readFlatXml } from './flatXml';

/** What WeChat tells: its fields in lower camel case, all text but `createTime`. */
export interface PushMessage {
	infoType: string;
	/** The component's App ID. */
	appId: string;
	/** Seconds since 1970. */
	createTime: number;
	[field: string]: string | number;
}

const HEAD = ['InfoType', 'AppId', 'CreateTime'];
const WHOLE_NUMBER = /^\d{1,15}$/;

/** `undefined` for a text that is no message of WeChat's. */
export function readMessage(text: string): PushMessage | undefined {
	const fields = readFlatXml(text);
	const infoType = fields?.get('InfoType');
	const appId = fields?.get('AppId');
	const createTime = fields?.get('CreateTime');
	if (!fields || !infoType || !appId || !WHOLE_NUMBER.test(createTime ?? '')) return undefined;

	const names = new Set([...fields.keys()].map(toLowerCamelCase));
	if (names.size !== fields.size) return undefined;
	const others = [...fields]
		.filter(([name]) => !HEAD.includes(name))
		.map(([name, value]) => [toLowerCamelCase(name), value]);
	return { infoType, appId, createTime: Number(createTime), ...Object.fromEntries(others) };
}

/** `ComponentVerifyTicket`, `auth_code` -> `componentVerifyTicket`, `authCode` */
function toLowerCamelCase(name: string): string {
	const joined = name.replace(/_+(\w)/g, (_match, next: string) => next.toUpperCase());
	return joined.charAt(0).toLowerCase() + joined.slice(1);
}

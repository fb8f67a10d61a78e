import facts from './expectations.json';

type Fact = {
	[Name in keyof typeof facts]: (typeof facts)[Name] extends { errcode: number } ? Name : never;
}[keyof typeof facts];

/**
 * The errcode that WeChat is taken to answer with where its documents name none or contradict the field.
 * `npm run live` compares these facts with the live service, and can correct them.
 */
export function expectErrcode(fact: Fact): number {
	return facts[fact].errcode;
}

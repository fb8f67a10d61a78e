import { CREDENTIAL } from '../wechat/codes/kinds';
import { toFailed, type Failed } from '../wechat/answer/envelope';
import type { Problem } from '../wechat/invoke/target';

import type { Settings, Source } from './settings';

interface Need {
	value: string;
	/** The field's label. */
	name: string;
	/** Where a person finds it. */
	hint: string;
}

const CONSOLE = 'Copy it from the WeChat console (Development Settings) into the credential.';
const PLATFORM =
	'Copy it from the WeChat Open Platform (third-party platform details) into the credential.';

/** Why no token can be had with these settings, as far as they tell themselves. */
export function checkSettings(settings: Settings): Failed | undefined {
	const problem = findProblem(settings);
	return problem && toFailed({ ...CREDENTIAL, ...problem });
}

function findProblem({ host, source }: Settings): Problem | undefined {
	if (host === '') {
		return {
			what: "the credential's custom API host is not a web address",
			hint: 'Enter an address such as https://proxy.example.com, without a path.',
		};
	}
	const missing = listNeeds(source).find(({ value }) => value === '');
	if (missing !== undefined) {
		return { what: `the credential holds no ${missing.name}`, hint: missing.hint };
	}
	if (source.kind === 'tokenServer' && !/^https?:\/\/[^\s/]/i.test(source.server.url)) {
		return {
			what: "the token server's address in the credential is not a web address",
			hint: 'Enter an address such as https://tokens.example.com/wechat.',
		};
	}
	return undefined;
}

function listNeeds(source: Source): Need[] {
	switch (source.kind) {
		case 'fixed':
			return [
				{ value: source.token, name: 'access token', hint: 'Paste a token into the credential.' },
			];
		case 'tokenServer':
			return [
				{
					value: source.server.url,
					name: 'address of a token server',
					hint: 'Enter the address that answers with a token.',
				},
				{
					value: source.server.field,
					name: 'response field',
					hint: 'Enter where the token stands in the answer, for example access_token.',
				},
			];
		case 'app':
			return [
				{ value: source.app.appId, name: 'App ID', hint: CONSOLE },
				{ value: source.app.appSecret, name: 'AppSecret', hint: CONSOLE },
			];
		case 'component':
			return [
				{ value: source.component.componentAppId, name: 'Component App ID', hint: PLATFORM },
				{ value: source.component.componentAppSecret, name: 'Component AppSecret', hint: PLATFORM },
				{
					value: source.component.ticket,
					name: 'Component Verify Ticket',
					hint: 'Enter the newest ticket. WeChat pushes one to the platform every 10 minutes.',
				},
			];
		case 'authorizer':
			return [
				...listNeeds({ kind: 'component', component: source.component }),
				{
					value: source.authorizer.authorizerAppId,
					name: 'Authorizer App ID',
					hint: "Enter the App ID of the customer's mini program.",
				},
				{
					value: source.authorizer.refreshToken,
					name: 'Authorizer Refresh Token',
					hint: 'Enter the refresh token the platform got when the customer authorized it.',
				},
			];
	}
}

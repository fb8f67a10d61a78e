import { readPreAuthCode } from '../../../wechat/openPlatform/answers';
import {
	ACCOUNT_TYPES,
	buildAuthorizationUrl,
	buildMobileAuthorizationUrl,
	type AccountType,
} from '../../../wechat/openPlatform/links';
import { buildPreAuthCodeRequest } from '../../../wechat/openPlatform/requests';
import { readText, toProblem, type Operation } from './operation';

export const getAuthorizationLink: Operation = {
	entry: {
		name: 'Get Authorization Link',
		value: 'getAuthorizationLink',
		action: 'Get authorization link',
		description: 'Make the link on which a customer authorizes your platform, good once',
	},
	fields: [
		{
			displayName: 'Page After Authorization',
			name: 'redirectUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://www.example.com/welcome',
			description:
				'Where WeChat leads the customer afterwards. It must be in the domain that is registered for your platform as the one where authorization starts.',
		},
		{
			displayName: 'Account Type',
			name: 'accountType',
			type: 'options',
			options: [
				{ name: 'Mini Program', value: 'miniProgram' },
				{ name: 'Official Account', value: 'officialAccount' },
				{ name: 'Both', value: 'both' },
			],
			default: 'miniProgram',
			description: 'Which of their accounts the customer may choose from',
		},
		{
			displayName: 'Only This App ID',
			name: 'authorizerAppId',
			type: 'string',
			default: '',
			placeholder: 'e.g. wx1234567890abcdef',
			description: 'Lets the customer authorize this account and no other. Empty: any of theirs.',
		},
	],
	prepare(read) {
		const redirectUrl = readText(read('redirectUrl'));
		const accountType = readText(read('accountType'));
		const authorizerAppId = readText(read('authorizerAppId'));
		if (!/^https?:\/\/[^\s/]/i.test(redirectUrl)) {
			return toProblem(
				'the page after authorization is no web address',
				'Enter one that begins with https://, in the domain that is registered for your platform.',
			);
		}
		if (!isAccountType(accountType)) {
			return toProblem(
				'the account type is none that WeChat knows',
				`Give one of ${Object.keys(ACCOUNT_TYPES).join(', ')}.`,
			);
		}
		return async ({ component: { componentAppId }, ask }) => {
			const answer = await ask(
				(token) => buildPreAuthCodeRequest(componentAppId, token),
				readPreAuthCode,
			);
			if (answer.kind === 'failed') return answer;
			const { code: preAuthCode, lifetimeSeconds } = answer;
			const parts = { componentAppId, preAuthCode, redirectUrl, accountType, authorizerAppId };
			return [
				{
					componentAppid: componentAppId,
					authorizationUrl: buildAuthorizationUrl(parts),
					mobileAuthorizationUrl: buildMobileAuthorizationUrl(parts),
					expiresAt: new Date(Date.now() + lifetimeSeconds * 1000).toISOString(),
				},
			];
		};
	},
};

function isAccountType(text: string): text is AccountType {
	return Object.hasOwn(ACCOUNT_TYPES, text);
}

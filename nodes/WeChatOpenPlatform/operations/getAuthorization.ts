import { readAuthorization } from '../../../wechat/openPlatform/answers';
import {
	buildQueryAuthRequest,
	decodeAuthorizationCode,
} from '../../../wechat/openPlatform/requests';
import { readText, toFields, toProblem, type Operation } from './operation';

export const getAuthorization: Operation = {
	entry: {
		name: 'Get Authorization',
		value: 'getAuthorization',
		action: 'Get authorization',
		description: "Turn a customer's authorization code into the customer's refresh token",
	},
	fields: [
		{
			displayName: 'Authorization Code',
			name: 'authorizationCode',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. {{ $json.authorizationCode }}',
			description:
				'The code of an "authorized" event of the WeChat Open Platform Trigger. It is good once, for a limited time.',
		},
	],
	prepare(read) {
		const code = decodeAuthorizationCode(readText(read('authorizationCode')));
		if (code === '') {
			return toProblem(
				'the authorization code is missing',
				'Take it from an "authorized" or "updateauthorized" event: {{ $json.authorizationCode }}.',
			);
		}
		return async ({ component, ask }) => {
			const answer = await ask(
				(token) => buildQueryAuthRequest(component.componentAppId, token, code),
				readAuthorization,
			);
			return answer.kind === 'failed' ? answer : [toFields(answer.authorization)];
		};
	},
};

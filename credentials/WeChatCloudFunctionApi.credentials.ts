import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { CODES } from '../wechat/codes/catalogue';
import { authenticateRequest, TEST_PATH } from './authenticate';
import { fields } from './fields';
import { obtainToken } from './obtainToken';
import { speakOfTest } from './tokenReport';

export class WeChatCloudFunctionApi implements ICredentialType {
	name = 'weChatCloudFunctionApi';

	displayName = 'WeChat Cloud Function API';

	icon = {
		light: 'file:../nodes/InvokeCloudFunction/invokeCloudFunction.svg',
		dark: 'file:../nodes/InvokeCloudFunction/invokeCloudFunction.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-wechat-cloud-function/n8n-nodes-wechat-cloud-function/blob/main/docs/credentials.md';

	properties = fields;

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return await obtainToken(this, credentials);
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticateRequest(credentials, options);

	// The request for a token tells its own errors. What is left are the errors of a token that WeChat
	// refuses: they come inside an HTTP 200, so each code is a rule, and a good answer holds ip_list.
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.apiHost === "custom" ? $credentials.customApiHost.trim() : $credentials.apiHost }}',
			url: TEST_PATH,
		},
		rules: [
			...Object.entries(CODES).map(([code, { what, hint }]) => ({
				type: 'responseSuccessBody' as const,
				properties: {
					key: 'errcode',
					value: Number(code),
					message: speakOfTest(`WeChat refused the token: ${what}. ${hint}`),
				},
			})),
			{
				type: 'responseSuccessBody' as const,
				properties: {
					key: 'ip_list',
					value: undefined,
					message:
						'WeChat did not confirm the token. Check the API host, and look for a notice in the WeChat console.',
				},
			},
		],
	};
}

import type { IWebhookDescription } from 'n8n-workflow';

/**
 * What the address to call back ends with. One of its own: a call that comes late must not end the wait of another
 * node of the execution, such as n8n's Wait.
 */
export const CALLBACK_PATH = 'function-result';

/** Exists only while an execution waits: there is nothing to register. */
export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: '',
		path: CALLBACK_PATH,
		restartWebhook: true,
	},
];

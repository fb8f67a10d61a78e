import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { receiveCallback } from './callback/receiveCallback';
import { findScheduled, waitForCallback } from './callback/waitForCallback';
import { callbackWebhooks } from './description/callbackWebhook';
import { outputs } from './output/branches';
import { searchEnvironments } from './listSearch/searchEnvironments';
import { searchFunctions } from './listSearch/searchFunctions';
import { openInput } from './input/nodeInput';
import { DEFAULT_TIMEOUT_MS } from './description/options';
import { parameters } from './description/parameters';
import { readRunRules } from './input/rules';
import { addRunHints } from './output/runHints';
import { runItems } from './run/runItems';
import { buildStop } from './output/stop';
import { writeOutputs } from './output/writeOutputs';

/** WeChat's limit for invokeCloudFunction, from its page. */
const WECHAT_WAIT_SECONDS = 5;

export class InvokeCloudFunction implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Invoke Cloud Function',
		name: 'invokeCloudFunction',
		icon: { light: 'file:invokeCloudFunction.svg', dark: 'file:invokeCloudFunction.dark.svg' },
		group: ['transform'],
		version: 1,
		// The editor hands over a resource locator's value, the server the locator.
		subtitle:
			'={{ [$parameter["functionName"], $parameter["environment"]].map((given) => given?.value ?? given).filter((text) => text).join(" · ") }}',
		description: 'Invoke a WeChat CloudBase cloud function and get its result',
		defaults: { name: 'Invoke Cloud Function' },
		inputs: [NodeConnectionTypes.Main],
		outputs,
		usableAsTool: true,
		credentials: [{ name: 'weChatCloudFunctionApi', required: true }],
		hints: [
			{
				message: `WeChat itself waits ${WECHAT_WAIT_SECONDS} seconds for a function, whatever the option Timeout says. For a function that takes longer, set Invocation Type to Wait for Callback or Run Later.`,
				displayCondition: `={{ $parameter["invocationType"] === "wait" && $parameter["options"]["timeout"] > ${DEFAULT_TIMEOUT_MS} }}`,
				whenToDisplay: 'always',
				location: 'outputPane',
			},
		],
		webhooks: callbackWebhooks,
		waitingNodeTooltip: 'The workflow goes on when the function calls back with its result.',
		properties: parameters,
	};

	methods = { listSearch: { searchEnvironments, searchFunctions } };

	/** input item -> req_data -> invocation -> outcome -> output items */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const input = openInput(this);
		const rules = readRunRules(input);
		const results = await runItems(input, rules);
		const { answered, stop } = results;
		if (stop !== undefined) throw buildStop(input.node, stop, answered, input.items.length);
		const scheduled = findScheduled(answered);
		const written = scheduled === undefined ? writeOutputs(input, answered, rules) : [];
		addRunHints(input, results, rules, written);
		return scheduled === undefined ? written : await waitForCallback(input, scheduled, rules);
	}

	/** The function calls back. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}
}

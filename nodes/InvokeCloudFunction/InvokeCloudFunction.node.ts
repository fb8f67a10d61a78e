import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { outputs } from './branches';
import { openInput } from './nodeInput';
import { readRunRules } from './options';
import { parameters } from './parameters';
import { runItems } from './runItems';
import { buildStop } from './stop';
import { writeOutputs } from './writeOutputs';

export class InvokeCloudFunction implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Invoke Cloud Function',
		name: 'invokeCloudFunction',
		icon: { light: 'file:invokeCloudFunction.svg', dark: 'file:invokeCloudFunction.dark.svg' },
		group: ['transform'],
		version: 1,
		// The editor hands over a resource locator's value, the server the locator.
		subtitle:
			'={{ ($parameter["functionName"]?.value ?? $parameter["functionName"]) + " · " + ($parameter["environment"]?.value ?? $parameter["environment"]) }}',
		description: 'Invoke a WeChat CloudBase cloud function and get its result',
		defaults: { name: 'Invoke Cloud Function' },
		inputs: [NodeConnectionTypes.Main],
		outputs,
		usableAsTool: true,
		credentials: [{ name: 'weChatCloudFunctionApi', required: true }],
		properties: parameters,
	};

	/** input item -> req_data -> invocation -> outcome -> output items */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const input = openInput(this);
		const rules = readRunRules(input.read);
		const results = await runItems(input, rules, !rules.byCategory && !this.continueOnFail());
		if (results.stop !== undefined) {
			results.close(true);
			const total = input.items.length;
			throw buildStop(input.node, results.stop.failure, { ...results.stop, total });
		}
		const written = writeOutputs(input, results, rules);
		// All that n8n's Retry On Fail looks at.
		results.close(Boolean(written[0][0]?.json.error));
		return written;
	}
}

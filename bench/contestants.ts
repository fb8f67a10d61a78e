import type { Json } from '../n8n/execution';

/** Where the calls go. */
export interface Aim {
	/** The stub server's origin. */
	origin: string;
	functionName: string;
	/** n8n's own copy of axios. */
	axiosFolder: string;
}

/** One way of making the calls: a node with its settings. */
export interface Contestant {
	title: string;
	type: string;
	typeVersion: number;
	credential?: 'weChatCloudFunctionApi' | 'httpQueryAuth';
	parameters(aim: Aim): Json;
}

export const TOKEN = 'bench-dummy-token';

export type ContestantName =
	| 'node5'
	| 'node50'
	| 'nodeBatches'
	| 'httpRequest'
	| 'httpRequestPaced'
	| 'helper5'
	| 'helper50'
	| 'axios50'
	| 'axiosKeepAlive50';

export const CONTESTANTS: Record<ContestantName, Contestant> = {
	node5: thisNode('this node, concurrency 5 (default)', {}),
	node50: thisNode('this node, concurrency 50', { options: { concurrency: 50 } }),
	nodeBatches: thisNode('this node, batches of 100', { invoke: 'oncePerBatch', batchSize: 100 }),
	httpRequest: httpRequest('HTTP Request, as it is', {}),
	httpRequestPaced: httpRequest('HTTP Request, 50 items every 50 ms', {
		batching: { batch: { batchSize: 50, batchInterval: 50 } },
	}),
	helper5: calls("bare loop over n8n's request helper, concurrency 5", 'helper', 5),
	helper50: calls("bare loop over n8n's request helper, concurrency 50", 'helper', 50),
	axios50: calls('raw axios, new connections, concurrency 50', 'axios', 50),
	axiosKeepAlive50: calls('raw axios, keep-alive, concurrency 50', 'axiosKeepAlive', 50),
};

function thisNode(title: string, settings: Json): Contestant {
	return {
		title,
		type: 'n8n-nodes-wechat-cloud-function.invokeCloudFunction',
		typeVersion: 1,
		credential: 'weChatCloudFunctionApi',
		parameters: ({ functionName }) => ({
			environment: { __rl: true, mode: 'id', value: 'bench' },
			functionName: { __rl: true, mode: 'name', value: functionName },
			...settings,
		}),
	};
}

/** As somebody sets it up by hand: the token in a Query Auth credential, the item as the JSON body. */
function httpRequest(title: string, options: Json): Contestant {
	return {
		title,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		credential: 'httpQueryAuth',
		parameters: ({ origin, functionName }) => ({
			method: 'POST',
			url: `${origin}/tcb/invokecloudfunction`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpQueryAuth',
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'env', value: 'bench' },
					{ name: 'name', value: functionName },
				],
			},
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json }}',
			options,
		}),
	};
}

function calls(title: string, client: string, concurrency: number): Contestant {
	return {
		title,
		type: 'n8n-nodes-bench.benchCalls',
		typeVersion: 1,
		parameters: ({ origin, functionName, axiosFolder }) => ({
			client,
			concurrency,
			url: `${origin}/tcb/invokecloudfunction`,
			functionName,
			axiosFolder,
		}),
	};
}

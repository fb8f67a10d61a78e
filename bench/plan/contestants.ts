import type { Json } from '../../n8n/execution';

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
	/** Of the node itself, such as Retry On Fail. */
	settings?: Json;
	parameters(aim: Aim): Json;
}

export const TOKEN = 'bench-dummy-token';

const THIS_NODE = 'n8n-nodes-wechat-cloud-function.invokeCloudFunction';
/** What the editor writes where five fields are dragged in from the left. */
const DRAGGED = Object.entries({
	id: 'number',
	code: 'string',
	buyer: 'string',
	paid: 'boolean',
	total: 'number',
}).map(([name, type]) => ({ id: name, name, type, value: `={{ $json.${name} }}` }));
const FIVE_FIELDS = { requestData: 'fields', requestFields: { assignments: DRAGGED } };
const BATCHES_OF_100 = { invoke: 'oncePerBatch', batchSize: 100 };
/** Faster than to let HTTP Request find out what the answer is. */
const READ_AS_JSON = { response: { response: { responseFormat: 'json' } } };
/** n8n's own, as a user sets it for a call that may be refused. */
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 };

export const CONTESTANTS = {
	node1: thisNode('this node, concurrency 1', { options: { concurrency: 1 } }),
	node5: thisNode('this node, concurrency 5 (default)', {}),
	node50: thisNode('this node, concurrency 50', { options: { concurrency: 50 } }),
	/** In the environment that the row names, as it is dragged in. */
	nodeInEnvironment: thisNode('this node, concurrency 50', {
		environment: { __rl: true, mode: 'id', value: '={{ $json.environment }}' },
		options: { concurrency: 50 },
	}),
	nodeWithoutLimits: thisNode('this node, concurrency 50, Wait for Limits 0', {
		options: { concurrency: 50, waitForLimits: 0 },
	}),
	nodeBatches: thisNode('this node, batches of 100', BATCHES_OF_100),
	nodeFields: thisNode('this node, Fields with five dragged fields, concurrency 50', {
		...FIVE_FIELDS,
		options: { concurrency: 50 },
	}),
	nodeFieldsBatches: thisNode('this node, Fields with five dragged fields, batches of 100', {
		...FIVE_FIELDS,
		...BATCHES_OF_100,
	}),
	nodeFiles: thisNode('this node, Send Files', { options: { sendFiles: true } }),
	editFields: {
		title: "n8n's Edit Fields with the same five, alone",
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: () => ({ mode: 'manual', assignments: { assignments: DRAGGED }, options: {} }),
	},
	httpRequest: httpRequest('HTTP Request, token in a credential', true, {}),
	httpRequestFast: httpRequest('HTTP Request, its fastest way', false, READ_AS_JSON),
	httpRequestRetry: {
		...httpRequest('HTTP Request, Retry On Fail', false, READ_AS_JSON),
		settings: RETRY_ON_FAIL,
	},
	/** Batching as one sets it who knows the limit and how long a call takes. */
	httpRequest20: httpRequestWithin('20 items every 500 ms', 20, 500),
	httpRequest3: httpRequestWithin('3 items every 100 ms', 3, 100),
	httpRequest100: httpRequestWithin('100 items every 10 s', 100, 10_000),
	httpRequestFile: {
		title: 'HTTP Request, the same file as a form',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: ({ origin }) => ({
			method: 'POST',
			url: `${origin}/bucket`,
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }],
			},
			options: {},
		}),
	},
	helper5: calls("bare loop over n8n's request helper, concurrency 5", 'helper', 5),
	helper50: calls("bare loop over n8n's request helper, concurrency 50", 'helper', 50),
	axios50: calls('raw axios, new connections, concurrency 50', 'axios', 50),
	axiosKeepAlive1: calls('raw axios, keep-alive, concurrency 1', 'axiosKeepAlive', 1),
	axiosKeepAlive50: calls('raw axios, keep-alive, concurrency 50', 'axiosKeepAlive', 50),
} satisfies Record<string, Contestant>;

export type ContestantName = keyof typeof CONTESTANTS;

export function findContestant(name: ContestantName): Contestant {
	return CONTESTANTS[name];
}

function thisNode(title: string, settings: Json): Contestant {
	return {
		title,
		type: THIS_NODE,
		typeVersion: 1,
		credential: 'weChatCloudFunctionApi',
		parameters: ({ functionName }) => ({
			environment: { __rl: true, mode: 'id', value: 'bench' },
			functionName: { __rl: true, mode: 'name', value: functionName },
			...settings,
		}),
	};
}

function paced(batchSize: number, batchInterval: number): Json {
	return { batching: { batch: { batchSize, batchInterval } } };
}

function httpRequestWithin(title: string, items: number, everyMs: number): Contestant {
	const full = `HTTP Request, Batching ${title}, Retry On Fail`;
	const options = { ...READ_AS_JSON, ...paced(items, everyMs) };
	return { ...httpRequest(full, false, options), settings: RETRY_ON_FAIL };
}

/**
 * The item as the JSON body, and the token in a Query Auth credential, as somebody sets it up by hand who keeps it
 * secret; or all of it in the address, with the answer read as
 * JSON, which is the fastest that this node can be.
 */
function httpRequest(title: string, hasCredential: boolean, options: Json): Contestant {
	return {
		title,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		credential: hasCredential ? 'httpQueryAuth' : undefined,
		parameters: ({ origin, functionName }) => {
			const url = `${origin}/tcb/invokecloudfunction`;
			return {
				method: 'POST',
				...(hasCredential
					? { url, ...inQueryAuth(functionName) }
					: { url: `${url}?access_token=${TOKEN}&env=bench&name=${functionName}` }),
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ $json }}',
				options,
			};
		},
	};
}

function inQueryAuth(functionName: string): Json {
	return {
		authentication: 'genericCredentialType',
		genericAuthType: 'httpQueryAuth',
		sendQuery: true,
		queryParameters: {
			parameters: [
				{ name: 'env', value: 'bench' },
				{ name: 'name', value: functionName },
			],
		},
	};
}

function calls(title: string, client: string, concurrency: number): Contestant {
	return {
		title,
		type: 'n8n-nodes-bench.benchCalls',
		typeVersion: 1,
		// It ends with the first call that fails, and the items that it did not come to would pass for done.
		settings: { onError: 'stopWorkflow' },
		parameters: ({ origin, functionName, axiosFolder }) => ({
			client,
			concurrency,
			url: `${origin}/tcb/invokecloudfunction`,
			functionName,
			axiosFolder,
		}),
	};
}

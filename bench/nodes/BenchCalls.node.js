// The same calls with nothing around them: through n8n's request helper, or straight through n8n's axios.
const http = require('node:http');
const https = require('node:https');
const { describe, parameter } = require('./describe');

class BenchCalls {
	description = describe('benchCalls', 'Bench Calls', [
		parameter('client', 'string', 'helper'),
		parameter('url', 'string', ''),
		parameter('functionName', 'string', ''),
		parameter('concurrency', 'number', 50),
		parameter('axiosFolder', 'string', ''),
	]);

	async execute() {
		const read = (name) => this.getNodeParameter(name, 0);
		const items = this.getInputData();
		const query = { access_token: 'bench-dummy-token', env: 'bench', name: read('functionName') };
		const call = openClient(this, read, query);
		const output = [];
		const pending = items.entries();
		const worker = async () => {
			for (const [item, { json }] of pending) {
				output[item] = { json: await call(json), pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: read('concurrency') }, worker));
		return [output];
	}
}

function openClient({ helpers }, read, query) {
	const url = read('url');
	if (read('client') === 'helper') {
		return async (body) => await helpers.httpRequest({ method: 'POST', url, qs: query, body });
	}
	const axios = require(read('axiosFolder'));
	const options = { keepAlive: read('client') === 'axiosKeepAlive' };
	const config = {
		params: query,
		httpAgent: new http.Agent(options),
		httpsAgent: new https.Agent(options),
	};
	return async (body) => (await axios.post(url, body, config)).data;
}

module.exports = { BenchCalls };

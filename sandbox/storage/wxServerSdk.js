// A stand-in for wx-server-sdk, and no more than that: the names that functions use for files, with the sandbox's
// cloud storage behind them. What a function of yours uses beside these is not here. Where the real package is
// installed with a function, that one is used.
const { AsyncLocalStorage } = require('node:async_hooks');

const DYNAMIC_CURRENT_ENV = Symbol.for('DYNAMIC_CURRENT_ENV');
/** Where the function runs: its environment, the account, and the address of the environment's files. */
const places = new AsyncLocalStorage();

/** Runs a function in its place. For the sandbox, not a part of the SDK. */
exports.runIn = (place, run) => places.run(place, run);

Object.assign(exports, {
	DYNAMIC_CURRENT_ENV,
	init() {},
	getWXContext() {
		const { env, appId } = findPlace();
		return { SOURCE: 'wx_http', APPID: appId, ENV: env };
	},
	async downloadFile({ fileID } = {}) {
		const response = await send('GET', { fileID });
		if (response.status === 404) throw fail(-503003, 'storage file not exists');
		const fileContent = Buffer.from(await response.arrayBuffer());
		return { fileContent, statusCode: response.status, errMsg: 'downloadFile:ok' };
	},
	async uploadFile({ cloudPath, fileContent } = {}) {
		if (fileContent === undefined) throw fail(-501007, 'fileContent is missing');
		const response = await send('POST', { path: cloudPath ?? '' }, fileContent);
		if (!response.ok) throw fail(-501007, 'invalid cloudPath');
		return { fileID: await response.text(), statusCode: 200, errMsg: 'uploadFile:ok' };
	},
});

function findPlace() {
	const place = places.getStore();
	if (!place?.filesUrl) throw new Error('wx-server-sdk was used outside a cloud function.');
	return place;
}

async function send(method, query, body) {
	const { env, filesUrl } = findPlace();
	const url = `${filesUrl}?${new URLSearchParams({ env, ...query })}`;
	return await fetch(url, { method, body, ...(body && { duplex: 'half' }) });
}

function fail(errCode, errMsg) {
	return Object.assign(new Error(`errCode: ${errCode} | errMsg: ${errMsg}`), { errCode, errMsg });
}

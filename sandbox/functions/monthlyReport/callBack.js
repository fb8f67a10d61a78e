// Gives the result of a function to the workflow that waits for it. To be copied as it is; it needs Node.js 18.
// Await it before the function returns: what is left over after that may never run.

/** @throws if the workflow does not take the result: it waits no longer, or could not be reached for half a minute */
exports.callBack = async (callbackUrl, result) => {
	const body = JSON.stringify(result ?? null);
	const headers = { 'content-type': 'application/json' };
	const request = { method: 'POST', headers, body, redirect: 'manual' };
	for (let waitMs = 500; waitMs <= 16_000; waitMs *= 2) {
		const { status } = await fetch(callbackUrl, request).catch(() => ({ status: 0 }));
		if (status >= 200 && status < 300) return;
		// 409: the workflow does not wait yet. 0: it was not reached. Any other answer will not change: 401, 404, 410.
		const mayChange = status === 0 || status === 409 || status === 429 || status >= 500;
		if (!mayChange) throw new Error(`The workflow did not take the result: HTTP ${status}`);
		await new Promise((resolve) => setTimeout(resolve, waitMs));
	}
	throw new Error('The workflow could not be reached.');
};

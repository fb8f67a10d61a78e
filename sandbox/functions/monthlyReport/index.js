// Adds up the sales of a month (`month`), which takes 8 seconds, and calls back the workflow that waits for it.
// `workMs` changes how long it takes, `goesWrong` what becomes of the call.
const { callBack } = require('./callBack');

const SALES = {
	'2025-02': { orders: 1207, revenue: 91460.5 },
	'2025-03': { orders: 1346, revenue: 103211.2 },
};
const WORK_MS = 8000;

exports.main = async (event) => {
	const { callbackUrl, goesWrong } = event;
	// An error is a result too: the workflow would wait for its whole time otherwise.
	const result = await makeReport(event).catch(({ message }) => ({
		errorCode: 1,
		errorMessage: message,
	}));
	if (callbackUrl) await (WAYS_TO_GO_WRONG[goesWrong] ?? callBack)(callbackUrl, result);
	return result;
};

async function makeReport({ month = '2025-03', workMs = WORK_MS, goesWrong }) {
	await new Promise((resolve) => setTimeout(resolve, workMs));
	if (goesWrong === 'throws') throw new Error('the accounts are locked');
	const sales = SALES[month];
	if (!sales) throw new Error(`there are no sales for "${month}"`);
	return { month, ...sales };
}

/** Not a part of such a function: what the sandbox can show. `throws` is above. */
const WAYS_TO_GO_WRONG = {
	never: async () => {},
	twice: (url, result) => Promise.all([callBack(url, result), callBack(url, result)]),
	text: (url) => fetch(url, { method: 'POST', body: 'the report is ready' }),
	large: (url, result) => callBack(url, { ...result, rows: 'x'.repeat(17 * 1024 * 1024) }),
};

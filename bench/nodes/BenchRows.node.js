// Makes as many items as the webhook call wants: one order each, as a shop's table has them, with a file if wanted.
const { randomBytes } = require('node:crypto');
const { Readable } = require('node:stream');
const { describe } = require('./describe');
const { weighEmpty } = require('./watch');

const CHUNK_BYTES = 65_536;

class BenchRows {
	description = describe('benchRows', 'Bench Rows');

	async execute() {
		const { rows, fileBytes, environment } = this.getInputData()[0].json.body;
		weighEmpty();
		const items = [];
		for (let n = 0; n < rows; n++) {
			const item = { json: makeOrder(n, environment), pairedItem: { item: 0 } };
			if (fileBytes) item.binary = { data: await makeFile(this.helpers, fileBytes) };
			items.push(item);
		}
		return [items];
	}
}

/** Written by n8n where it keeps files, without being in memory as a whole. */
async function makeFile(helpers, bytes) {
	const chunk = randomBytes(CHUNK_BYTES);
	const content = Readable.from(
		(function* () {
			for (let left = bytes; left > 0; left -= CHUNK_BYTES) yield chunk.subarray(0, left);
		})(),
		{ objectMode: false },
	);
	return await helpers.prepareBinaryData(content, 'report.bin', 'application/octet-stream');
}

function makeOrder(n, environment) {
	return {
		id: 100000 + n,
		code: `A-${n}`,
		buyer: `oXq3f5b7c9d1e2f4a6b8c0-${n}`,
		paid: n % 2 === 0,
		total: n * 1.25,
		at: 1732492800000 + n,
		note: `two cups of iced coffee, table ${n}`,
		tags: ['new', `row-${n}`],
		...(environment && { environment }),
	};
}

module.exports = { BenchRows };

// Makes as many items as the webhook call wants: one order each, as a shop's table has them.
const { describe } = require('./describe');
const { weighEmpty } = require('./watch');

class BenchRows {
	description = describe('benchRows', 'Bench Rows');

	async execute() {
		const { rows } = this.getInputData()[0].json.body;
		weighEmpty();
		return [
			Array.from({ length: rows }, (_, n) => ({ json: makeOrder(n), pairedItem: { item: 0 } })),
		];
	}
}

function makeOrder(n) {
	return {
		id: 100000 + n,
		code: `A-${n}`,
		buyer: `oXq3f5b7c9d1e2f4a6b8c0-${n}`,
		paid: n % 2 === 0,
		total: n * 1.25,
		at: 1732492800000 + n,
		note: `two cups of iced coffee, table ${n}`,
		tags: ['new', `row-${n}`],
	};
}

module.exports = { BenchRows };

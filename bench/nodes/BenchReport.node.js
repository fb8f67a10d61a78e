// Answers the webhook call with what the clock has seen, and with what came out of the measured node.
const { describe } = require('./describe');
const { takeFigures } = require('./watch');

class BenchReport {
	description = { ...describe('benchReport', 'Bench Report'), alwaysOutputData: true };

	async execute() {
		const items = this.getInputData();
		const [run] = this.runExecutionData.resultData.runData.Measured;
		const failed = items.filter(({ json, error }) => json.error || json.errcode || error);
		const json = {
			...takeFigures(),
			executionTimeMs: run.executionTime,
			items: items.length,
			failed: failed.length,
			firstFailure: failed.length > 0 ? JSON.stringify(failed[0].json).slice(0, 300) : '',
		};
		return [[{ json, pairedItem: { item: 0 } }]];
	}
}

module.exports = { BenchReport };

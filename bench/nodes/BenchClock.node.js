// Stands before the measured node and watches it: n8n tells when a node begins and ends, after all
// that it does for the node itself and before anything it does for the next one.
const { describe } = require('./describe');
const { openWatch } = require('./watch');

class BenchClock {
	description = describe('benchClock', 'Bench Clock');

	async execute() {
		const { body } = this.getWorkflowDataProxy(0).$('Webhook').first().json;
		const watch = openWatch(this.additionalData, body);
		const { hooks } = this.additionalData;
		hooks.addHandler('nodeExecuteBefore', async (name) => {
			if (name === 'Measured') await watch.begin();
		});
		hooks.addHandler('nodeExecuteAfter', async (name) => {
			if (name === 'Measured') await watch.end();
		});
		return [this.getInputData()];
	}
}

module.exports = { BenchClock };

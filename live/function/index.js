// Upload it under the name n8nLiveCheck. It shows what WeChat makes of each kind of result.
let last = null;
exports.main = async (event) => {
	if (event.kind === 'throw') throw new Error('thrown on purpose');
	if (event.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, event.ms));
	if (event.kind === 'note') last = { event, at: Date.now() };
	if (event.kind === 'recall') return last;
	const results = {
		null: null,
		array: [1, 2],
		text: 'plain text',
		size: 'x'.repeat(event.bytes || 0),
	};
	return event.kind in results ? results[event.kind] : { event };
};

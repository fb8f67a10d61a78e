// Returns what it got. `reply` chooses another result, `noReply` none at all,
// `waitMs` how long it takes, `throws` the message of an error.
exports.main = async (event) => {
	if (event.waitMs) await new Promise((resolve) => setTimeout(resolve, event.waitMs));
	if (event.throws) throw new Error(event.throws);
	if (event.noReply) return undefined;
	return 'reply' in event ? event.reply : event;
};

/** The description of a node of this bench, with one input and one output. */
function describe(name, displayName, properties = []) {
	return {
		displayName,
		name,
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: displayName },
		inputs: ['main'],
		outputs: ['main'],
		properties,
	};
}

/** One parameter, read by its name. */
function parameter(name, type, value) {
	return { displayName: name, name, type, default: value };
}

module.exports = { describe, parameter };

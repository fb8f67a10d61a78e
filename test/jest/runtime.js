// How the package's tests load modules: the project's own anew for each test file, packages once in a process, by
// Node itself. n8n's engine alone has 2,000 modules; to load them for each test file took most of the time.
const { createRequire } = require('node:module');
const { Script } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What is run anew for each test file is compiled once in a process, and then only when its text is another. */
const compiled = new Map();

function compile(source, filename, parameters) {
	const known = compiled.get(filename);
	if (known?.source === source) return known.script.runInThisContext();
	const head = `(function (${parameters}) {`;
	const script = new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
	compiled.set(filename, { source, script });
	return script.runInThisContext();
}

module.exports = class OwnRealmRuntime extends Runtime {
	constructor(...args) {
		super(...args);
		const { executor } = this;
		executor.compile = (source, filename) =>
			compile(source, filename, executor.injectedModuleParameters);
	}

	requireModuleOrMock(from, moduleName) {
		const isOwn = /^[./]/.test(moduleName);
		return isOwn ? super.requireModuleOrMock(from, moduleName) : createRequire(from)(moduleName);
	}
};

// How the package's tests load modules: the project's own anew for each test file, packages once in a process, by
// Node itself. n8n's engine alone has 2,000 modules; to load them for each test file took most of the time.
const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

module.exports = class OwnRealmRuntime extends Runtime {
	constructor(...args) {
		super(...args);
		const { executor } = this;
		executor.compile = (source, filename) =>
			compileFunction(source, executor.injectedModuleParameters, { filename });
	}

	requireModuleOrMock(from, moduleName) {
		const isOwn = /^[./]/.test(moduleName);
		return isOwn ? super.requireModuleOrMock(from, moduleName) : createRequire(from)(moduleName);
	}
};

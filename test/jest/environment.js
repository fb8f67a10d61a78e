// Where the package's tests run: in Node's own realm, as nodes do in n8n, not in a realm for each test file.
// So what n8n's packages hold can be shared by all test files of a process: see runtime.js.
const { AsyncLocalStorage } = require('node:async_hooks');
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Where jest-circus keeps who listens to a test file: they would listen to the next one as well. */
const LISTENERS = Symbol.for('EVENT_HANDLERS');

/** The storages in use, of which each makes every promise of the process dearer; jest-circus has one for each test file. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
	storages.add(this);
	return run.apply(this, args);
};

module.exports = class OwnRealm {
	constructor({ projectConfig: config }) {
		const global = globalThis;
		this.global = global;
		this.moduleMocker = new ModuleMocker(global);
		const timerConfig = { idToRef: (timer) => timer, refToId: (timer) => timer };
		const { moduleMocker } = this;
		this.fakeTimers = new LegacyFakeTimers({ config, global, moduleMocker, timerConfig });
		this.fakeTimersModern = new ModernFakeTimers({ config, global });
		this.before = { console, exit: process.exit, env: { ...process.env } };
		delete global[LISTENERS];
	}

	async setup() {}

	/** What a test file left changed would reach the next one. */
	async teardown() {
		this.fakeTimers.dispose();
		this.fakeTimersModern.dispose();
		this.moduleMocker.restoreAllMocks();
		const { console, exit, env } = this.before;
		Object.assign(globalThis, { console });
		Object.assign(process, { exit, env });
		for (const storage of storages) storage.disable();
		storages.clear();
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	/** jest asks for it before each module; runtime.js does without. */
	getVmContext() {
		return {};
	}
};

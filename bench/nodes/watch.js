// What a run of the measured node takes: time, memory, reads of its credential.
const { readFileSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector/promises');
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

/** Weighing takes about a tenth of the time, and is not done more often than this. */
const WEIGHING_SHARE = 0.1;
const SHORTEST_PAUSE_MS = 250;
const PROFILE_INTERVAL_US = 200;

let figures = {};

/** Before the rows are made: what the process holds without them. What earlier runs left behind goes first. */
function weighEmpty() {
	collectGarbage();
	figures = { emptyLiveBytes: readLiveBytes(), emptyRssBytes: readStatus('VmRSS') };
}

/**
 * @param wanted what the webhook call asks for: `memory` to weigh what is alive (slows the run),
 * `profileFile` to write a CPU profile
 */
function openWatch({ credentialsHelper }, { memory, profileFile }) {
	const readsBefore = countCredentialReads(credentialsHelper);
	const profiler = profileFile ? openProfiler(profileFile) : undefined;
	let startedAt;
	let cpuBefore;
	let timer;

	const weighLive = () => {
		collectGarbage();
		const bytes = readLiveBytes();
		figures.peakLiveBytes = Math.max(figures.peakLiveBytes ?? 0, bytes);
		return bytes;
	};
	const weighAgain = (pauseMs) => {
		timer = setTimeout(() => {
			const before = Date.now();
			weighLive();
			weighAgain(Math.max((Date.now() - before) / WEIGHING_SHARE, SHORTEST_PAUSE_MS));
		}, pauseMs);
	};
	return {
		async begin() {
			collectGarbage();
			resetPeak();
			figures.startRssBytes = readStatus('VmRSS');
			if (memory) weighAgain(SHORTEST_PAUSE_MS);
			await profiler?.start();
			cpuBefore = process.cpuUsage();
			startedAt = process.hrtime.bigint();
		},
		async end() {
			figures.timeMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
			const { user, system } = process.cpuUsage(cpuBefore);
			figures.cpuMs = (user + system) / 1e3;
			await profiler?.stop();
			clearTimeout(timer);
			figures.peakRssBytes = readStatus('VmHWM');
			figures.credentialReads = countCredentialReads(credentialsHelper) - readsBefore;
			if (memory) figures.itemsLiveBytes = weighLive() - figures.emptyLiveBytes;
		},
	};
}

let credentialReads;

/** Every read of a credential from the database goes through this method of n8n's one helper. */
function countCredentialReads(helper) {
	if (credentialReads === undefined) {
		credentialReads = 0;
		const read = helper.getCredentialsEntity;
		helper.getCredentialsEntity = function (...args) {
			credentialReads += 1;
			return read.apply(this, args);
		};
	}
	return credentialReads;
}

function openProfiler(file) {
	const session = new Session();
	return {
		async start() {
			session.connect();
			await session.post('Profiler.enable');
			await session.post('Profiler.setSamplingInterval', { interval: PROFILE_INTERVAL_US });
			await session.post('Profiler.start');
		},
		async stop() {
			const { profile } = await session.post('Profiler.stop');
			session.disconnect();
			writeFileSync(file, JSON.stringify(profile));
		},
	};
}

/** What the engine holds, with the bytes outside its heap that it answers for. */
function readLiveBytes() {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** From now on Linux counts the highest resident size anew. */
function resetPeak() {
	writeFileSync('/proc/self/clear_refs', '5');
}

function readStatus(field) {
	const status = readFileSync('/proc/self/status', 'utf8');
	return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)[1]) * 1024;
}

module.exports = { openWatch, weighEmpty, takeFigures: () => figures };

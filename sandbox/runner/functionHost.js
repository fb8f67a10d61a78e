// Runs the cloud functions with Tencent's functions-framework, in a process of its own.
// Plain JavaScript, so that it starts without a compiler. Arguments: functions file, log folder.
const { rmSync } = require('node:fs');
const http = require('node:http');
const Module = require('node:module');
const path = require('node:path');
const { inspect } = require('node:util');
const framework = require('@cloudbase/functions-framework');

const STAND_IN = path.join(__dirname, '..', 'storage', 'wxServerSdk.js');
const standIn = require(STAND_IN);

const STACK_LINES = 4;
/** WeChat's, for a function that has none of its own. */
const TIME_LIMIT_SECONDS = 3;
const [functionsFile, logFolder] = process.argv.slice(2);
const exit = process.exit.bind(process);

// The channel closes when the sandbox ends, however it ends.
process.on('disconnect', () => {
	try {
		// Log files that are being opened at this moment can come between: hence the retries.
		rmSync(logFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
	} finally {
		exit();
	}
});

// What functions ask for by this name, unless it is installed with them.
const { _resolveFilename: resolve } = Module;
Module._resolveFilename = function (name, ...rest) {
	try {
		return resolve.call(this, name, ...rest);
	} catch (error) {
		if (name === 'wx-server-sdk') return STAND_IN;
		throw error;
	}
};

start().catch((error) => {
	console.error(error.message);
	exit(1);
});

async function start() {
	const options = framework.parseOptions(
		['--noExit=true', '--logEventContext=false', `--logDirname=${logFolder}`],
		{},
	);
	const config = framework.loadFunctionsConfig(functionsFile);
	config.functionsRoot = path.resolve(path.dirname(functionsFile), config.functionsRoot);

	for (const loaded of await framework.loadFunctions(options, config)) {
		if (!loaded.userFunction) throw new Error(`Cloud function ${loaded.name}: ${loaded.reason}`);
		const { timeout = TIME_LIMIT_SECONDS } = config.functions.find(isNamed(loaded.name));
		const run = reportOutcome(loaded.userFunction, config.functionsRoot);
		framework.event(loaded.name, limitTime(run, timeout));
	}
	const functionNames = config.functions.map((entry) => entry.name);
	const findRoute = (url) => ({ functionName: url.slice(1) });
	listenLocally((port) => process.send({ port, functionNames }));
	await framework.startFrameworkService(options, new Map([['', { findRoute }]]));
}

function isNamed(name) {
	return (entry) => entry.name === name;
}

/** WeChat ends a function that takes too long; here only its caller learns that it did. */
function limitTime(run, seconds) {
	return async (event, context) => {
		let timer;
		const limit = new Promise((resolve) => {
			timer = setTimeout(resolve, seconds * 1000, { kind: 'timedOut', seconds });
		});
		return await Promise.race([run(event, context), limit]).finally(() => clearTimeout(timer));
	};
}

/**
 * The framework turns results into HTTP: null becomes 204, { statusCode, headers } an answer of its own,
 * and an error loses its message. WeChat does none of that, so what happened travels as plain data.
 */
function reportOutcome(run, functionsRoot) {
	return async (event, context) => {
		try {
			const place = JSON.parse(context.httpContext.headers['x-sandbox-place'] ?? '{}');
			const result = await standIn.runIn(place, () => run(event, context));
			return { kind: 'returned', json: JSON.stringify(result) ?? 'null' };
		} catch (error) {
			if (!(error instanceof Error)) {
				return { kind: 'threw', message: inspect(error), stack: inspect(error) };
			}
			return { kind: 'threw', message: error.message, stack: shortenStack(error, functionsRoot) };
		}
	};
}

/** The error and the lines of it that lie in the functions, as paths a CloudBase user knows. */
function shortenStack(error, functionsRoot) {
	const lines = String(error.stack).split('\n');
	const places = lines.filter((line) => line.startsWith('    at ') && line.includes(functionsRoot));
	return [`${error.name}: ${error.message}`, ...places.slice(0, STACK_LINES)]
		.join('\n')
		.replaceAll(functionsRoot, '/var/user');
}

/** The framework listens on every interface and refuses port 0; its next server listens here only. */
function listenLocally(onListening) {
	const { listen } = http.Server.prototype;
	http.Server.prototype.listen = function (_port, callback) {
		http.Server.prototype.listen = listen;
		return this.listen({ host: '127.0.0.1', port: 0 }, () => {
			callback();
			onListening(this.address().port);
		});
	};
}

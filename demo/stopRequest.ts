/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const PARENT_CHECK_INTERVAL_MS = 500;

export interface StopRequest {
	/** Aborted as soon as the program is to end. */
	signal: AbortSignal;
	/** What a shell expects of a program that a signal has ended. */
	exitCode(): number;
	/** Resolves when the stop is asked for. */
	wait(): Promise<void>;
}

/** From here on Ctrl-C and the like no longer end the program: it has to end itself. */
export function listenForStop(): StopRequest {
	const controller = new AbortController();
	let exitCode = 0;

	function stop(name: keyof typeof EXIT_CODES): void {
		if (controller.signal.aborted) return;
		exitCode = EXIT_CODES[name];
		controller.abort(new Error('Stopped.'));
	}

	for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(name, () => stop(name));
	watchNpm(() => stop('SIGTERM'));

	return {
		signal: controller.signal,
		exitCode: () => exitCode,
		async wait() {
			if (controller.signal.aborted) return;
			await new Promise((resolve) => {
				controller.signal.addEventListener('abort', resolve, { once: true });
			});
		},
	};
}

/** "kill" on npm ends npm and the shell between it and this program, but sends this program nothing. */
function watchNpm(onGone: () => void): void {
	if (process.env.npm_lifecycle_event === undefined) return;
	const parent = process.ppid;
	const check = () => {
		if (process.ppid !== parent) onGone();
	};
	setInterval(check, PARENT_CHECK_INTERVAL_MS).unref();
}

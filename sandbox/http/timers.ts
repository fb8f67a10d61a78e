/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */

/** Resolves with `undefined` when the work takes longer; the work itself goes on. */
export async function limitTime<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<undefined>((resolve) => {
		timer = setTimeout(resolve, limitMs, undefined);
	});
	try {
		return await Promise.race([work, limit]);
	} finally {
		clearTimeout(timer);
	}
}

/** Does the work again and again until what it returns is called. Does not keep the process alive. */
export function repeat(work: () => void, everyMs: number): () => void {
	const timer = setInterval(work, everyMs);
	timer.unref();
	return () => clearInterval(timer);
}

/** Does not keep the process alive: a sandbox that is closed meanwhile has nobody to answer. */
export async function wait(ms: number): Promise<void> {
	await new Promise((resolve) => {
		setTimeout(resolve, ms).unref();
	});
}

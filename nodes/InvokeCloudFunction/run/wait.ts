/** How long an item may wait for limits, in all: for the places of its files, its call and the links to files. */
export interface Patience {
	mostMs: number;
	leftMs(): number;
	/** Waits that overlap count once. */
	spend<T>(wait: () => Promise<T>): Promise<T>;
}

export function createPatience(mostMs: number): Patience {
	let waits = 0;
	let since = 0;
	let spentMs = 0;
	const countSpent = () => spentMs + (waits > 0 ? performance.now() - since : 0);
	return {
		mostMs,
		leftMs: () => Math.max(mostMs - countSpent(), 0),
		async spend(wait) {
			if (waits === 0) since = performance.now();
			waits += 1;
			try {
				return await wait();
			} finally {
				spentMs = countSpent();
				since = performance.now();
				waits -= 1;
			}
		},
	};
}

/** Waits for the work, or no longer than until n8n's Stop: even a request for a token may hang for long. */
export async function waitUntilCancelled(
	work: Promise<void>,
	cancelSignal: AbortSignal | undefined,
): Promise<void> {
	let resolveCancelled = () => {};
	const cancelled = new Promise<void>((resolve) => {
		resolveCancelled = resolve;
	});
	cancelSignal?.addEventListener('abort', resolveCancelled);
	try {
		await Promise.race([work, cancelled]);
	} finally {
		cancelSignal?.removeEventListener('abort', resolveCancelled);
	}
}

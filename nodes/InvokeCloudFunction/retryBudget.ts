import { sleep } from 'n8n-workflow';

/** How many retries without a success in between one run of the node makes, over all its items. */
const BUDGET = 50;
/** How soon a stop is noticed during a wait. */
const SLICE_MS = 100;

/** Keeps a thousand failing items from waiting a thousand times. */
export interface RetryBudget {
	/** Whether there is a retry left; if so, it counts as used. */
	take(): boolean;
	/** A success after a retry gives one back. */
	giveBack(): void;
}

export function createRetryBudget(): RetryBudget {
	let left = BUDGET;
	return {
		take: () => left > 0 && left-- > 0,
		giveBack() {
			left = Math.min(left + 1, BUDGET);
		},
	};
}

/** Waits, unless the run is stopped meanwhile: then it resolves with false at once. */
export async function waitUnlessStopped(
	delayMs: number,
	isStopped: () => boolean,
): Promise<boolean> {
	const until = Date.now() + delayMs;
	for (let left = delayMs; left > 0 && !isStopped(); left = until - Date.now()) {
		await sleep(Math.min(left, SLICE_MS));
	}
	return !isStopped();
}

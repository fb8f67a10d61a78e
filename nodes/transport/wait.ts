import { sleep } from 'n8n-workflow';

/** How soon a stop is noticed during a wait. */
export const SLICE_MS = 100;

/** Waits, unless the run is stopped meanwhile: then it resolves with false at once. */
export async function waitUnlessStopped(
	delayMs: number,
	isStopped: () => boolean,
): Promise<boolean> {
	// Not by the clock of the wall, which may be set back meanwhile.
	const until = performance.now() + delayMs;
	for (let left = delayMs; left > 0 && !isStopped(); left = until - performance.now()) {
		await sleep(Math.min(left, SLICE_MS));
	}
	return !isStopped();
}

import { waitUnlessStopped } from '../../../transport/wait';

/** Keeps the calls of one run apart. */
export interface Pace {
	/** Waits until the next call may start. Resolves with false once the run is stopped. */
	takeTurn(): Promise<boolean>;
}

/**
 * Lets calls start one after the other, evenly spaced, so that no second sees more of them than allowed.
 * @param perSecond how many; 0 for no limit
 */
export function createPace(perSecond: number, isStopped: () => boolean): Pace {
	if (perSecond <= 0) return { takeTurn: async () => !isStopped() };
	const intervalMs = 1000 / perSecond;
	let nextAt = -Infinity;
	return {
		// Turns are given by plan, not by when the one before came to pass: a late timer costs no time.
		async takeTurn() {
			const now = performance.now();
			const turn = Math.max(nextAt, now);
			nextAt = turn + intervalMs;
			return await waitUnlessStopped(turn - now, isStopped);
		},
	};
}

import { waitUnlessStopped } from './wait';

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
	let nextAt = 0;
	let queue: Promise<boolean> = Promise.resolve(true);
	return {
		// Each waits for the one before: a turn that came late must not shorten the next interval.
		async takeTurn() {
			queue = queue.then(async () => {
				const goesOn = await waitUnlessStopped(nextAt - Date.now(), isStopped);
				nextAt = Date.now() + intervalMs;
				return goesOn;
			});
			return await queue;
		},
	};
}

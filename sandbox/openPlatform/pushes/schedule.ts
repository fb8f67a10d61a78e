import { repeat } from '../../http/timers';

/** Does the work for each name at once, then again and again until it is stopped. */
export function createSchedule(work: (name: string) => void) {
	const stops = new Map<string, () => void>();

	/** Replaces the schedule of a name; `undefined` ends it. */
	function set(name: string, everyMs: number | undefined): void {
		stops.get(name)?.();
		stops.delete(name);
		if (everyMs === undefined) return;
		stops.set(
			name,
			repeat(() => work(name), everyMs),
		);
		work(name);
	}

	function stop(): void {
		for (const end of stops.values()) end();
		stops.clear();
	}

	return { set, stop };
}

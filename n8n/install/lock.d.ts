export interface LockOptions {
	/** Takes one line when there is something to wait for. */
	report: (line: string) => void;
	/** Ends the wait. */
	signal?: AbortSignal;
}

/**
 * Waits until no other process holds the lock (a folder that exists only meanwhile), then runs `use` with it. What a
 * process left that no longer runs is removed.
 */
export function withLock<T>(
	folder: string,
	options: LockOptions,
	use: () => Promise<T>,
): Promise<T>;

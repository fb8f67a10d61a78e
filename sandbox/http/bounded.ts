/** As much as a sandbox that runs for weeks may keep of one thing. */
const MOST_ENTRIES = 100_000;

/** A map that forgets the entry that came first once it holds too many. */
export function createBoundedMap<V>(limit = MOST_ENTRIES) {
	const entries = new Map<string, V>();
	return {
		get: (key: string) => entries.get(key),
		set(key: string, value: V): void {
			entries.set(key, value);
			const [oldest] = entries.size > limit ? entries.keys() : [];
			if (oldest !== undefined) entries.delete(oldest);
		},
		delete: (key: string) => void entries.delete(key),
		keys: () => [...entries.keys()],
		values: () => [...entries.values()],
	};
}

import type { FunctionRunner, Outcome } from '../../../../sandbox/runner/functionRunner';

/** What an item asks its function for. */
export interface Event {
	itemKey?: string;
	reply?: unknown;
	throws?: string;
	/** How the run ends, where the function itself does not decide it. */
	ends?: 'lost' | 'timedOut';
	items?: Event[];
}

export interface CountedFunctions {
	runner: FunctionRunner;
	/** How often the function was started for the item of this key, alone or in a batch. */
	runs(itemKey: string): number;
}

/**
 * Cloud functions in this process, so that thousands of random runs take minutes: `each` returns one result for
 * each item of a batch, `whole` one for all of it. Both do for an item alone what it asks for.
 */
export function createFunctions(): CountedFunctions {
	const counts = new Map<string, number>();
	const count = ({ itemKey = '' }: Event) => counts.set(itemKey, (counts.get(itemKey) ?? 0) + 1);
	return {
		runs: (itemKey) => counts.get(itemKey) ?? 0,
		runner: {
			functionNames: ['each', 'whole'],
			pid: 0,
			invoke: async (name, event: Event) => {
				const { items } = event;
				for (const item of items ?? [event]) count(item);
				if (items === undefined) return run(event);
				return returned(name === 'each' ? items.map(runElement) : { count: items.length });
			},
			unref: () => {},
			stop: async () => {},
		},
	};
}

function run(event: Event): Outcome {
	const { ends, throws, reply } = event;
	if (ends === 'timedOut') return { kind: ends, seconds: 5 };
	if (ends === 'lost') return { kind: ends };
	if (throws !== undefined) {
		return { kind: 'threw', message: throws, stack: `Error: ${throws}\n    at main` };
	}
	return returned('reply' in event ? reply : event);
}

function runElement({ throws, reply }: Event): unknown {
	return throws === undefined ? reply : { errorCode: 1, errorMessage: throws };
}

function returned(value: unknown): Outcome {
	return { kind: 'returned', json: JSON.stringify(value ?? null) };
}

import type { FunctionRunner } from '../../sandbox/runner/functionRunner';

export interface Arrival {
	functionName: string;
	event: Record<string, unknown>;
}

/** Stands before the cloud functions, so that a test decides when they go on. */
export interface Gate {
	/** To be given to the sandbox. */
	runner: FunctionRunner;
	/** All that wanted to run so far, held or not, in their order. */
	arrivals: Arrival[];
	/** Lets this many more run, then holds the others. */
	closeAfter(count: number): void;
	/** Resolves when so many are held. */
	waitUntilHeld(count: number): Promise<void>;
	/** Lets everything run, whoever is still waiting for it. */
	open(): void;
}

export function createGate(runner: FunctionRunner): Gate {
	const arrivals: Arrival[] = [];
	let mayPass = Infinity;
	let held: Array<() => void> = [];
	let waiting: Array<{ count: number; go: () => void }> = [];

	function tellWaiting(): void {
		const isReached = ({ count }: { count: number }) => held.length >= count;
		for (const { go } of waiting.filter(isReached)) go();
		waiting = waiting.filter((entry) => !isReached(entry));
	}

	async function hold(): Promise<void> {
		await new Promise<void>((resolve) => {
			held.push(resolve);
			tellWaiting();
		});
	}

	return {
		runner: {
			...runner,
			async invoke(functionName, event, place) {
				arrivals.push({ functionName, event });
				if (mayPass > 0) mayPass -= 1;
				else await hold();
				return await runner.invoke(functionName, event, place);
			},
		},
		arrivals,
		closeAfter(count) {
			mayPass = count;
		},
		async waitUntilHeld(count) {
			await new Promise<void>((go) => {
				waiting.push({ count, go });
				tellWaiting();
			});
		},
		open() {
			mayPass = Infinity;
			const released = held;
			held = [];
			for (const go of released) go();
		},
	};
}

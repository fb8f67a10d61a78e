/** Waits for something without taking up room, so that other jobs go on meanwhile. */
export type StepAside = <R>(wait: () => Promise<R>) => Promise<R>;

/** How many jobs may stand aside, about: each keeps what it is about to send. */
const MOST_ASIDE = 1_000;

/**
 * Does `work` for every job, started in their order, at most `limit` at a time. A job is taken only when
 * there is room for it. Once a work resolves with false, none is started any more. Resolves when all that was
 * started has ended; what a work throws is thrown then.
 */
export async function runBounded<T>(
	jobs: AsyncIterator<T>,
	limit: number,
	work: (job: T, stepAside: StepAside) => Promise<boolean>,
): Promise<void> {
	const room = openRoom(limit);
	// Who waits has no room, ever: whoever need wait no longer must find some.
	const open = openRoom(limit + MOST_ASIDE);
	const underWay = new Set<Promise<void>>();
	const thrown: unknown[] = [];
	let goOn = true;
	const fail = (error: unknown) => {
		goOn = false;
		thrown.push(error);
	};

	const stepAside: StepAside = async (wait) => {
		room.leave();
		try {
			return await wait();
		} finally {
			await room.enter();
		}
	};

	async function take(): Promise<boolean> {
		await open.enter();
		await room.enter();
		if (!goOn) return false;
		const { done, value } = await jobs.next();
		if (done || !goOn) return false;
		const one = work(value, stepAside)
			.then((result) => {
				goOn &&= result;
			}, fail)
			.finally(() => {
				underWay.delete(one);
				room.leave();
				open.leave();
			});
		underWay.add(one);
		return true;
	}

	try {
		while (await take());
	} catch (error) {
		fail(error);
	}
	await Promise.all(underWay);
	if (thrown.length > 0) throw thrown[0];
}

/** Room for so many at a time. Who waits for it enters in turn. */
export interface Room {
	enter(): Promise<void>;
	leave(): void;
}

export function openRoom(limit: number): Room {
	const waiting: Array<() => void> = [];
	let left = limit;
	return {
		async enter() {
			if (left > 0) left -= 1;
			else await new Promise<void>((resolve) => waiting.push(resolve));
		},
		leave() {
			const next = waiting.shift();
			if (next) next();
			else left += 1;
		},
	};
}

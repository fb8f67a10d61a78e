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

	/** For one job, which has room. Its parts may wait at the same time: it is back when none of them does. */
	function openAside(): StepAside {
		let waits = 0;
		let hasRoom = true;
		let comingBack: Promise<void> | undefined;
		const leave = () => {
			if (hasRoom) room.leave();
			hasRoom = false;
		};
		const comeBack = async () => {
			await room.enter();
			comingBack = undefined;
			hasRoom = true;
			if (waits > 0) leave();
		};
		return async (wait) => {
			waits += 1;
			leave();
			try {
				return await wait();
			} finally {
				waits -= 1;
				if (waits === 0) await (comingBack ??= comeBack());
			}
		};
	}

	const leave = () => {
		room.leave();
		open.leave();
	};

	async function next(): Promise<T | undefined> {
		await open.enter();
		await room.enter();
		try {
			const { done, value } = goOn ? await jobs.next() : { done: true, value: undefined };
			if (!done && goOn) return value;
		} catch (error) {
			fail(error);
		}
		// Those that stand aside need the room.
		leave();
		return undefined;
	}

	async function start(job: T): Promise<void> {
		const goesOn = await work(job, openAside());
		goOn &&= goesOn;
	}

	for (let job = await next(); job !== undefined; job = await next()) {
		const one = start(job)
			.catch(fail)
			.finally(() => {
				underWay.delete(one);
				leave();
			});
		underWay.add(one);
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

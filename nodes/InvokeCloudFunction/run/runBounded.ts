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
	let underWay = 0;
	let end = () => {};
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
		if (!open.tryToEnter()) await open.enter();
		if (!room.tryToEnter()) await room.enter();
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
		underWay += 1;
		try {
			const goesOn = await work(job, openAside());
			goOn &&= goesOn;
		} catch (error) {
			fail(error);
		}
		leave();
		underWay -= 1;
		if (underWay === 0) end();
	}

	for (let job = await next(); job !== undefined; job = await next()) void start(job);
	if (underWay > 0) await new Promise<void>((resolve) => (end = resolve));
	if (thrown.length > 0) throw thrown[0];
}

/** Room for so many at a time. Who waits for it enters in turn. */
export interface Room {
	/** Whether there is some at once. */
	tryToEnter(): boolean;
	enter(): Promise<void>;
	leave(): void;
}

export function openRoom(limit: number): Room {
	const waiting: Array<() => void> = [];
	let left = limit;
	function tryToEnter(): boolean {
		if (left === 0) return false;
		left -= 1;
		return true;
	}
	return {
		tryToEnter,
		async enter() {
			if (!tryToEnter()) await new Promise<void>((resolve) => waiting.push(resolve));
		},
		leave() {
			const next = waiting.shift();
			if (next) next();
			else left += 1;
		},
	};
}

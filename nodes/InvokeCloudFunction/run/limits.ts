import { CODES } from '../../../wechat/codes/catalogue';
import { toFailed, type Failed } from '../../../wechat/answer/envelope';
import type { Outcome } from '../../../wechat/outcome/outcome';
import type { Invocation } from './job';
import { openLane, type Lane } from './lanes';
import type { Call, Ending, Learned } from './limiter';
import { openRoom, type Room, type StepAside } from './runBounded';

/** How one run of the node deals with limits of WeChat and of its environments. */
export interface Limits {
	/** For one invocation. */
	lineUp(invocation: Invocation, stepAside: StepAside): Place;
	/** Ends the run's part in them, and tells what refused its calls. */
	close(): Settled[];
}

/** An invocation's place in the line of its environment. */
export interface Place {
	/** Waits until a call may start. A failure where it would have to wait for longer than the item may. */
	enter(): Promise<Call | 'stopped' | Failed>;
	leave(call: Call, outcome: Outcome | undefined): void;
	/** Once the invocation needs no more calls. */
	close(): void;
}

/** What a run settled on for an environment that refused calls. */
export interface Settled {
	environment: string;
	learned: Learned;
}

interface Line {
	environment: string;
	lane: Lane;
	/** Of this run no more than may be under way wait here: the time that an item may wait begins with its turn. */
	room: Room;
	lastRefusal?: Failed;
	lastPassedAt: number;
	/** Somebody has waited in vain for all that time, so nobody else does. */
	gaveUp?: Failed;
}

export function openLimits(concurrency: number, isStopped: () => boolean): Limits {
	const lines = new Map<string, Line>();
	const find = ({ account, target: { environment } }: Invocation): Line => {
		const key = JSON.stringify([account.id, environment]);
		const line = lines.get(key) ?? {
			environment,
			lane: openLane(key),
			room: openRoom(concurrency),
			lastPassedAt: -Infinity,
		};
		lines.set(key, line);
		return line;
	};
	return {
		lineUp(invocation, stepAside) {
			const { waitForLimitsMs } = invocation.rules;
			if (waitForLimitsMs === 0) return FREE;
			return takePlace(find(invocation), waitForLimitsMs, isStopped, stepAside);
		},
		close() {
			for (const { lane } of lines.values()) lane.close();
			return [...lines.values()]
				.filter(({ lastRefusal }) => lastRefusal !== undefined)
				.map(({ environment, lane }) => ({ environment, learned: lane.learned() }));
		},
	};
}

/** Where an item is not to wait for limits, a refusal counts as a try, as any other. */
const FREE: Place = {
	enter: async () => ({ kind: 'call', startedAt: 0, isBeyond: false }),
	leave: () => {},
	close: () => {},
};

function takePlace(
	line: Line,
	mostMs: number,
	isStopped: () => boolean,
	stepAside: StepAside,
): Place {
	const { lane, room } = line;
	let since: number | undefined;
	let waitedMs = 0;

	async function wait(): Promise<Call | 'stopped' | Failed> {
		if (since === undefined) {
			await room.enter();
			since = performance.now();
		}
		if (line.gaveUp !== undefined) return { ...line.gaveUp, isRepeated: true };
		const from = performance.now();
		const answer = await lane.enter({ until: from + mostMs - waitedMs, isStopped });
		waitedMs += performance.now() - from;
		if (answer !== 'late') return answer;
		const failed = describeWait(line, waitedMs, mostMs);
		if (line.lastPassedAt < since) line.gaveUp = failed;
		return failed;
	}

	return {
		enter: async () =>
			(since === undefined ? lane.tryToEnter() : undefined) ?? (await stepAside(wait)),
		leave(call, outcome) {
			const ending = readEnding(outcome);
			lane.leave(call, ending);
			if (ending.kind === 'passed') {
				line.lastPassedAt = performance.now();
				line.gaveUp = undefined;
			}
			if (isRefusedForLimit(outcome)) line.lastRefusal = outcome;
		},
		close() {
			if (since !== undefined) room.leave();
		},
	};
}

export function isRefusedForLimit(outcome: Outcome | undefined): outcome is Failed {
	if (outcome?.kind !== 'failed') return false;
	return outcome.meaning.category === 'rate-limited' && outcome.meaning.ran === 'no';
}

function readEnding(outcome: Outcome | undefined): Ending {
	if (outcome?.kind === 'success') return { kind: 'passed' };
	if (outcome?.meaning.ran === 'yes') return { kind: 'passed' };
	if (!isRefusedForLimit(outcome)) return { kind: 'unclear' };
	const { meaning, retryAfterMs } = outcome;
	return { kind: meaning.limit ?? 'perTime', retryAfterMs };
}

function describeWait({ lastRefusal, lane }: Line, waitedMs: number, mostMs: number): Failed {
	const refusal = lastRefusal ?? toFailed(CODES[-501004]);
	const waited = describeSeconds(waitedMs);
	const what = `${refusal.meaning.what}, and waiting for ${waited} did not help`;
	const advice = advise(lane.learned());
	const more = `raise the option Wait for Limits (${describeSeconds(mostMs)} now) or the limit itself.`;
	const hint = advice === undefined ? `To get through, ${more}` : `${advice} Or ${more}`;
	return { ...refusal, meaning: { ...refusal.meaning, what, hint } };
}

/** What to set so that calls are not refused. */
export function advise({ perTime, atOnce }: Learned): string | undefined {
	if (perTime !== undefined) {
		const perSecond = (perTime.calls * 1000) / Math.max(perTime.windowMs, 1);
		const rounded = perSecond >= 1 ? Math.floor(perSecond) : Number(perSecond.toPrecision(1));
		return `Set Requests per Second to ${rounded}.`;
	}
	return atOnce === undefined ? undefined : `Set Concurrency to ${atOnce}.`;
}

function describeSeconds(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return `${seconds} second${seconds === 1 ? '' : 's'}`;
}

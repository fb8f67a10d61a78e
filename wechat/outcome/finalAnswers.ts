import type { Target } from '../invoke/target';
import type { Failed } from '../answer/envelope';
import type { Outcome } from './outcome';

/** What an answer may be about: the account, one of its APIs, or one function. */
export interface CallPlace {
	/** The API's path. */
	path: string;
	target: Target;
}

/** Answers of one account in one run that later calls would get as well. */
export interface FinalAnswers {
	/** The answer that makes such a call pointless, if there was one. */
	find(place: CallPlace): Failed | undefined;
	note(place: CallPlace, outcome: Outcome): void;
}

type Scope = NonNullable<Failed['meaning']['sharedBy']>;

interface Entry {
	hasSucceeded: boolean;
	/** How often the answer came since the last success. */
	inARow: number;
	answer?: Failed;
}

/**
 * Where calls have succeeded before, an answer has to come so often in a row: one call in five may get such an
 * answer while the others succeed, as with several outgoing addresses of which one is not in the whitelist.
 */
const ENOUGH_IN_A_ROW = 10;

export function createFinalAnswers(): FinalAnswers {
	const entries = new Map<string, Entry>();
	const keysOf = ({ path, target }: CallPlace): Record<Scope, string> => ({
		account: 'account',
		api: `api ${path}`,
		target: `target ${target.environment}/${target.functionName}`,
	});
	const open = (key: string): Entry => {
		const entry = entries.get(key) ?? { hasSucceeded: false, inARow: 0 };
		entries.set(key, entry);
		return entry;
	};
	return {
		find: (place) =>
			Object.values(keysOf(place))
				.map((key) => entries.get(key)?.answer)
				.find((answer) => answer !== undefined),
		note(place, outcome) {
			const keys = keysOf(place);
			if (outcome.kind === 'success') {
				for (const key of Object.values(keys)) succeed(open(key));
				return;
			}
			const { sharedBy } = outcome.meaning;
			if (sharedBy === undefined) return;
			const entry = open(keys[sharedBy]);
			entry.inARow += 1;
			const isEnough = isUsedUp(outcome) || !entry.hasSucceeded || entry.inARow >= ENOUGH_IN_A_ROW;
			if (isEnough) entry.answer ??= outcome;
		},
	};
}

/** A quota was there until it was not. */
function isUsedUp({ meaning }: Failed): boolean {
	return meaning.category === 'quota-exhausted';
}

function succeed(entry: Entry): void {
	entry.hasSucceeded = true;
	entry.inARow = 0;
	if (entry.answer !== undefined && !isUsedUp(entry.answer)) entry.answer = undefined;
}

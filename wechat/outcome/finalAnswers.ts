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
}

/**
 * Where calls have succeeded before, an answer has to come so often in a row: one call in five may get such an
 * answer while the others succeed, as with several outgoing addresses of which one is not in the whitelist.
 */
const ENOUGH_IN_A_ROW = 10;

export function createFinalAnswers(): FinalAnswers {
	const entries = new Map<string, Entry>();
	/** As a rule there are none. */
	const answers = new Map<string, Failed>();
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
	const succeed = (key: string) => {
		entries.set(key, { hasSucceeded: true, inARow: 0 });
		const answer = answers.get(key);
		if (answer !== undefined && !isUsedUp(answer)) answers.delete(key);
	};
	return {
		find(place) {
			if (answers.size === 0) return undefined;
			return Object.values(keysOf(place))
				.map((key) => answers.get(key))
				.find((answer) => answer !== undefined);
		},
		note(place, outcome) {
			const keys = keysOf(place);
			if (outcome.kind === 'success') {
				for (const key of Object.values(keys)) succeed(key);
				return;
			}
			const { sharedBy } = outcome.meaning;
			if (sharedBy === undefined) return;
			const key = keys[sharedBy];
			const entry = open(key);
			entry.inARow += 1;
			const isEnough = isUsedUp(outcome) || !entry.hasSucceeded || entry.inARow >= ENOUGH_IN_A_ROW;
			if (isEnough && !answers.has(key)) answers.set(key, outcome);
		},
	};
}

/** A quota was there until it was not. */
function isUsedUp({ meaning }: Failed): boolean {
	return meaning.category === 'quota-exhausted';
}

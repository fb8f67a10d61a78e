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

/** What was answered of one account, one API or one function. */
interface History {
	hasSucceeded: boolean;
	/** How often a failure came since the last success. */
	inARow: number;
	/** As a rule there is none. */
	answer?: Failed;
}

/**
 * Where calls have succeeded before, an answer has to come so often in a row: one call in five may get such an
 * answer while the others succeed, as with several outgoing addresses of which one is not in the whitelist.
 */
const ENOUGH_IN_A_ROW = 10;

export function createFinalAnswers(): FinalAnswers {
	const histories = new Map<string, History>();
	const open = (key: string): History => {
		const history = histories.get(key) ?? { hasSucceeded: false, inARow: 0 };
		histories.set(key, history);
		return history;
	};
	/** As a rule the next call is for the same. */
	let last: { place: CallPlace; of: Record<Scope, History> } | undefined;
	const look = (place: CallPlace): Record<Scope, History> => {
		if (last === undefined || !isSame(last.place, place)) {
			const { path, target } = place;
			last = {
				place,
				of: {
					account: open('account'),
					api: open(`api ${path}`),
					target: open(`target ${target.environment}/${target.functionName}`),
				},
			};
		}
		return last.of;
	};
	return {
		find(place) {
			const { account, api, target } = look(place);
			return account.answer ?? api.answer ?? target.answer;
		},
		note(place, outcome) {
			const of = look(place);
			if (outcome.kind === 'success') {
				succeed(of.account);
				succeed(of.api);
				succeed(of.target);
				return;
			}
			const { sharedBy } = outcome.meaning;
			if (sharedBy === undefined) return;
			const history = of[sharedBy];
			history.inARow += 1;
			const { hasSucceeded, inARow } = history;
			const isEnough = isUsedUp(outcome) || !hasSucceeded || inARow >= ENOUGH_IN_A_ROW;
			if (isEnough) history.answer ??= outcome;
		},
	};
}

function isSame(one: CallPlace, other: CallPlace): boolean {
	const { environment, functionName } = one.target;
	return (
		one.path === other.path &&
		environment === other.target.environment &&
		functionName === other.target.functionName
	);
}

function succeed(history: History): void {
	history.hasSucceeded = true;
	history.inARow = 0;
	if (history.answer !== undefined && !isUsedUp(history.answer)) history.answer = undefined;
}

/** A quota was there until it was not. */
function isUsedUp({ meaning }: Failed): boolean {
	return meaning.category === 'quota-exhausted';
}

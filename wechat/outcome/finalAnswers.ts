import type { Failed } from '../answer/envelope';
import type { Target } from '../invoke/target';

/** Answers of one run that every later call of the account, or of the same function, would get as well. */
export interface FinalAnswers {
	/** The answer that makes a call of this function pointless, if there was one. */
	find(target: Target): Failed | undefined;
	remember(target: Target, failed: Failed): void;
}

export function createFinalAnswers(): FinalAnswers {
	let forAccount: Failed | undefined;
	const byTarget = new Map<string, Failed>();
	const keyOf = ({ environment, functionName }: Target) => `${environment}/${functionName}`;
	return {
		find: (target) => forAccount ?? byTarget.get(keyOf(target)),
		remember(target, failed) {
			const { sharedBy } = failed.meaning;
			if (sharedBy === 'account' || sharedBy === 'api') forAccount ??= failed;
			if (sharedBy === 'target') byTarget.set(keyOf(target), failed);
		},
	};
}

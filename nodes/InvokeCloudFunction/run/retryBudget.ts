/** How many retries without a success in between one run of the node makes, over all its items. */
const BUDGET = 50;
/** Keeps a thousand failing items from waiting a thousand times. */
export interface RetryBudget {
	/** Whether there is a retry left; if so, it counts as used. */
	take(): boolean;
	/** A success after a retry gives one back. */
	giveBack(): void;
}

export function createRetryBudget(): RetryBudget {
	let left = BUDGET;
	return {
		take: () => left > 0 && left-- > 0,
		giveBack() {
			left = Math.min(left + 1, BUDGET);
		},
	};
}

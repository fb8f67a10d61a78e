import { identify, readSettings } from '../../../credentials/settings';
import { createFinalAnswers, type FinalAnswers } from '../../../wechat/outcome/finalAnswers';
import { readCredential, type Context } from '../../transport/send';
import { openTokenKeeper, type TokenKeeper } from '../../transport/tokenKeeper';

/** Whose functions are called: what the calls with the same credential settings share in one run. */
export interface Account {
	/** Differs from account to account. Holds no secret. */
	id: string;
	/** The API host's origin; '' where the credential can't be read. */
	host: string;
	keeper: TokenKeeper;
	finalAnswers: FinalAnswers;
	retries: RetryBudget;
}

/** Keeps a thousand failing items from waiting a thousand times. */
export interface RetryBudget {
	/** Whether there is a retry left; if so, it counts as used. */
	take(): boolean;
	/** A success after a retry gives one back. */
	giveBack(): void;
}

/** The account of an input item. */
export type FindAccount = (itemIndex: number) => Promise<Account>;

/**
 * @param perItem the credential has expressions on the input item and is read for every one; otherwise
 * it is read once, with the first item
 */
export function openAccounts(context: Context, perItem: boolean): FindAccount {
	const known = new Map<string, Account>();
	let only: Promise<Account> | undefined;

	async function read(itemIndex: number): Promise<Account> {
		const credential = await readCredential(context, itemIndex);
		const settings = credential.kind === 'read' ? readSettings(credential.stored) : undefined;
		// One that can't be read is nobody's: each such item tells its own reason.
		const id = settings === undefined ? `unreadable ${itemIndex}` : identify(settings);
		const account = known.get(id) ?? {
			id,
			host: settings?.host ?? '',
			keeper: openTokenKeeper(context, itemIndex, credential),
			finalAnswers: createFinalAnswers(),
			retries: createRetryBudget(),
		};
		known.set(id, account);
		return account;
	}

	return (itemIndex) => (perItem ? read(itemIndex) : (only ??= read(0)));
}

/** How many retries without a success in between an account's items make in one run, all together. */
const MOST_RETRIES = 50;

function createRetryBudget(): RetryBudget {
	let left = MOST_RETRIES;
	return {
		take() {
			if (left === 0) return false;
			left -= 1;
			return true;
		},
		giveBack() {
			left = Math.min(left + 1, MOST_RETRIES);
		},
	};
}

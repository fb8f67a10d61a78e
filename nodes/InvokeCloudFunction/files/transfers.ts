import { isFailed, type Failed } from '../../../wechat/answer/envelope';
import type { Target } from '../../../wechat/invoke/target';
import { describeFailure, type Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/returnValue';
import { putFiles } from '../input/outgoingFiles';
import type { Rules } from '../input/rules';
import type { Account } from '../run/accounts';
import { describeSurprise } from '../run/answered';
import type { Run } from '../run/invoke';
import { buildRequest, type Answered, type Call, type Entry, type Invocation } from '../run/job';
import type { Who } from '../run/limits/limits';
import type { StepAside } from '../run/runBounded';
import { fetchFiles } from './fetchFiles';
import { createLinkFinder, type FindLink } from './links';
import { sendFiles, type Sent, type SentFiles } from './sendFiles';
import { createSlots, type Storage } from './storage';

/** An invocation whose files are in cloud storage. */
interface Ready {
	/** Not there where no item is left. */
	ready?: Invocation;
	/** Items with a file that could not be put there: for them nothing is called. */
	failures: Answered[];
}

/** The files of one run of the node, on their ways to cloud storage and back. */
export interface Transfers {
	/** Puts the files of an invocation's items there, and the file IDs into their events. */
	send(invocation: Invocation, stepAside: StepAside): Promise<Ready>;
	/** Fetches the files that the result of a call names; an item whose file can't be had fails. */
	fetch(answered: NamesFiles, stepAside: StepAside): Promise<Answered[]>;
}

export function hasFilesToSend({ entries }: Invocation): boolean {
	return entries.some(({ files }) => files.length > 0);
}

/** A success in whose result files may be named that are to be fetched. */
export type NamesFiles = Answered & { outcome: Success; call: Call };

export function hasFilesToFetch(answered: Answered): answered is NamesFiles {
	const { outcome, call } = answered;
	return outcome.kind === 'success' && call !== undefined && call.rules.downloadFiles.length > 0;
}

/** As answers are kept that later uploads of a run would get as well. */
const UPLOADS = 'uploads';

/** @param limit how many transfers may be under way at the same time */
export function openTransfers(
	{ context, limits, isStopped }: Run,
	limit: number,
	sentEarlier: SentFiles,
): Transfers {
	const takeSlot = createSlots(limit);
	const opened = new Map<string, { storage: Storage; findLink: FindLink }>();

	function open(account: Account, { environment }: Target) {
		const { id, keeper } = account;
		const key = JSON.stringify([id, environment]);
		const known = opened.get(key);
		if (known !== undefined) return known;
		const where = { account, environment, part: 'storage' } as const;
		const lineUp = (who: Who) => limits.lineUp(where, who);
		const storage: Storage = { context, environment, keeper, isStopped, lineUp, takeSlot };
		const made = { storage, findLink: createLinkFinder(storage) };
		opened.set(key, made);
		return made;
	}

	/** Whatever goes wrong here, nothing has been called for the item. */
	async function sendSafely(
		invocation: Invocation,
		entry: Entry,
		stepAside: StepAside,
	): Promise<Entry | Answered> {
		if (entry.files.length === 0) return entry;
		const { account, target, rules, patience, inBatch } = invocation;
		const call = { account, target, rules, patience, inBatch, attempts: 0 };
		const fail = (outcome: Failure): Answered => {
			return { kind: 'answered', itemIndexes: [entry.itemIndex], outcome, call };
		};
		try {
			const sent = await sendEntry(invocation, entry, { patience, stepAside });
			if (!isFailed(sent)) return putIn(entry, rules, sent.files);
			const secrets = account.keeper.listSecrets();
			return fail(describeFailure(sent, { target, attempts: 0, secrets }));
		} catch {
			return fail(describeSurprise(target, 0));
		}
	}

	async function sendEntry(
		{ account, target, rules }: Invocation,
		{ itemIndex, files }: Entry,
		who: Who,
	): Promise<Sent | Failed> {
		const { storage } = open(account, target);
		const place = { path: UPLOADS, target };
		const known = account.finalAnswers.find(place);
		if (known !== undefined) return { ...known, isRepeated: true };
		const sent = await sendFiles(storage, who, itemIndex, files, rules, sentEarlier);
		if (isFailed(sent)) account.finalAnswers.note(place, sent);
		return sent;
	}

	return {
		async send(invocation, stepAside) {
			const { entries, account, target } = invocation;
			// A call that fails whatever is sent is not worth an upload.
			const { path } = buildRequest(invocation);
			const isPointless = account.finalAnswers.find({ path, target }) !== undefined;
			if (isPointless) return { ready: invocation, failures: [] };
			const done = await Promise.all(
				entries.map((entry) => sendSafely(invocation, entry, stepAside)),
			);
			const failures = done.filter((each) => each.kind === 'answered');
			const left = done.filter((each) => each.kind === 'entry');
			return { ready: left.length > 0 ? { ...invocation, entries: left } : undefined, failures };
		},
		async fetch(answered, stepAside) {
			const { outcome, call } = answered;
			const { storage, findLink } = open(call.account, call.target);
			const succeeded = { ...call, stepAside, success: outcome };
			return await fetchFiles(storage, findLink, answered, succeeded);
		},
	};
}

function putIn(entry: Entry, rules: Rules, files: Sent['files']): Entry {
	// It was tried before anything was sent.
	const put = putFiles(entry.event, rules, files);
	const event = put.kind === 'put' ? put.event : entry.event;
	return { ...entry, event, json: JSON.stringify(event) };
}

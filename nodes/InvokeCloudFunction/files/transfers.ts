import type { Target } from '../../../wechat/invoke/target';
import { describeFailure } from '../../../wechat/outcome/failure';
import { putFiles } from '../input/outgoingFiles';
import type { Account } from '../run/accounts';
import type { Run } from '../run/invoke';
import { buildRequest, type Answered, type Entry, type Invocation } from '../run/job';
import type { Who } from '../run/limits/limits';
import type { StepAside } from '../run/runBounded';
import { fetchFiles } from './fetchFiles';
import { createLinkFinder, type FindLink } from './links';
import { sendFiles, type SentFiles } from './sendFiles';
import { createSlots, isFailed, type Storage } from './storage';

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
	fetch(answered: Answered, stepAside: StepAside): Promise<Answered[]>;
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

	async function sendEntry(
		invocation: Invocation,
		entry: Entry,
		stepAside: StepAside,
	): Promise<Entry | Answered> {
		const { account, target, rules, patience, inBatch } = invocation;
		const { itemIndex, event, files } = entry;
		if (files.length === 0) return entry;
		const { storage } = open(account, target);
		const place = { path: UPLOADS, target };
		const known = account.finalAnswers.find(place);
		const sent =
			known === undefined
				? await sendFiles(storage, { patience, stepAside }, itemIndex, files, rules, sentEarlier)
				: { ...known, isRepeated: true };
		if (isFailed(sent)) {
			account.finalAnswers.note(place, sent);
			const secrets = account.keeper.listSecrets();
			return {
				kind: 'answered',
				itemIndexes: [itemIndex],
				outcome: describeFailure(sent, { target, attempts: 0, secrets }),
				call: { account, target, rules, patience, inBatch, attempts: 0 },
			};
		}
		// It was tried before anything was sent.
		const put = putFiles(event, rules, sent.files);
		const withFiles = put.kind === 'put' ? put.event : event;
		return { ...entry, event: withFiles, json: JSON.stringify(withFiles) };
	}

	return {
		async send(invocation, stepAside) {
			const { entries, account, target } = invocation;
			const hasFiles = entries.some(({ files }) => files.length > 0);
			if (!hasFiles) return { ready: invocation, failures: [] };
			// A call that fails whatever is sent is not worth an upload.
			const { path } = buildRequest(invocation);
			const isPointless = account.finalAnswers.find({ path, target }) !== undefined;
			if (isPointless) return { ready: invocation, failures: [] };
			const done = await Promise.all(
				entries.map((entry) => sendEntry(invocation, entry, stepAside)),
			);
			const failures = done.filter((each): each is Answered => 'outcome' in each);
			const left = done.filter((each): each is Entry => !('outcome' in each));
			return { ready: left.length > 0 ? { ...invocation, entries: left } : undefined, failures };
		},
		async fetch(answered, stepAside) {
			const { outcome, call } = answered;
			if (outcome.kind !== 'success' || call === undefined) return [answered];
			if (call.rules.downloadFiles.length === 0) return [answered];
			const { storage, findLink } = open(call.account, call.target);
			const succeeded = { ...call, stepAside, success: outcome };
			return await fetchFiles(storage, findLink, answered, succeeded);
		},
	};
}

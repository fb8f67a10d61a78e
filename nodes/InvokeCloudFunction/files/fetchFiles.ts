import type { IBinaryKeyData } from 'n8n-workflow';
import { FUNCTION } from '../../../wechat/codes/kinds';
import { isFailed, type Failed } from '../../../wechat/answer/envelope';
import { composeReason, describeFailure, type Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/returnValue';
import { findNamedFiles, readFileName, type NamedFile } from '../../../wechat/storage/fileIds';
import { readRefusal } from '../../../wechat/storage/storageAnswer';
import { fetchFile, type Fetched } from '../../transport/storageRequests';
import type { Answered, Call } from '../run/job';
import type { Rules } from '../input/rules';
import type { StepAside } from '../run/runBounded';
import type { FindLink } from './links';
import { tryRepeatedly, type Storage } from './storage';

/** A call that succeeded. */
interface Succeeded extends Call {
	stepAside: StepAside;
	success: Success;
}

/** A file that is here, or why it is not. */
interface Brought {
	name: string;
	outcome: Fetched | Failed;
}

/** Fetches the files that a result names. Whatever fails here, the function has run. */
export async function fetchFiles(
	storage: Storage,
	findLink: FindLink,
	answered: Answered,
	succeeded: Succeeded,
): Promise<Answered[]> {
	const { rules, success } = succeeded;
	const { result } = success;
	const elements = Array.isArray(result) ? result : [result];
	const brought = await Promise.all(
		elements.map(async (element) => {
			const files = findNamedFiles(element, rules.downloadFiles);
			return await Promise.all(
				files.map(async (file) => ({
					name: file.name,
					outcome: await fetchOne(storage, findLink, file, succeeded),
				})),
			);
		}),
	);
	const explain = (file: Brought, own: unknown) => explainMissing(storage, succeeded, file, own);
	if (!isOneByOne(answered, succeeded)) {
		const missing = brought.flat().find(({ outcome }) => isFailed(outcome));
		if (missing !== undefined) return [{ ...answered, outcome: explain(missing, result) }];
		return [{ ...answered, binaries: toBinaries(brought, Array.isArray(result), rules) }];
	}
	const failures: Answered[] = [];
	const good = elements.map((element, i) => {
		const missing = brought[i].find(({ outcome }) => isFailed(outcome));
		if (missing === undefined) return true;
		const itemIndexes = [answered.itemIndexes[i]];
		failures.push({ ...answered, itemIndexes, outcome: explain(missing, element) });
		return false;
	});
	if (!good.includes(true)) return failures;
	const keep = <T>(list: readonly T[]) => list.filter((_, i) => good[i]);
	const rest: Answered = {
		...answered,
		itemIndexes: keep(answered.itemIndexes),
		outcome: { ...success, result: keep(elements) },
		binaries: toBinaries(keep(brought), true, rules),
	};
	return [rest, ...failures];
}

/** An array as long as its batch holds a result for each of its items. */
function isOneByOne({ itemIndexes }: Answered, { inBatch, success }: Succeeded): boolean {
	const { result } = success;
	return inBatch && Array.isArray(result) && result.length === itemIndexes.length;
}

/** By output item. Where an array stays in one item, the name of a file says to which element it belongs. */
function toBinaries(brought: Brought[][], isArray: boolean, { simplify }: Rules): IBinaryKeyData[] {
	const toBinary = (files: Brought[]) =>
		Object.fromEntries(files.map(({ name, outcome }) => [name, (outcome as Fetched).data]));
	if (!isArray || simplify) return brought.map(toBinary);
	const named = brought.flatMap((files, i) =>
		files.map((file) => ({ ...file, name: `${file.name}_${i}` })),
	);
	return [toBinary(named)];
}

async function fetchOne(
	storage: Storage,
	findLink: FindLink,
	{ fileId }: NamedFile,
	who: Succeeded,
): Promise<Fetched | Failed> {
	const { rules } = who;
	return await tryRepeatedly(storage, who, rules, async () => {
		const link = await findLink(fileId);
		if (isFailed(link)) return link;
		return await storage.takeSlot(async () => {
			const name = readFileName(fileId);
			const answer = await fetchFile(storage.context, link.url, name, rules.timeoutMs);
			return answer.kind === 'fetched' ? answer : readRefusal(answer, [link.url]);
		});
	});
}

/** Never a reason to run the function again: it has, and its result is kept. */
function explainMissing(
	{ keeper }: Storage,
	{ target, attempts }: Succeeded,
	{ name, outcome }: Brought,
	result: unknown,
): Failure {
	const failed = outcome as Failed;
	const { what, hint } = failed.meaning;
	const advice = 'The result is in error.result: running the item again runs the function again.';
	const meaning = { ...FUNCTION, what, hint: `${hint} ${advice}` };
	const failure = describeFailure(
		{ ...failed, meaning, result },
		{ target, attempts, secrets: keeper.listSecrets() },
	);
	const reason = composeReason({ ...failed, errmsg: failure.errmsg });
	const message = `"${target.functionName}" ran, but the file "${name}" of its result could not be fetched: ${reason}.`;
	return { ...failure, message };
}

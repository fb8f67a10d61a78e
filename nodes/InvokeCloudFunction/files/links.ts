import type { Failed } from '../../../wechat/answer/envelope';
import {
	buildLinksRequest,
	LINKS_AT_ONCE,
	readLinks,
	type Link,
} from '../../../wechat/storage/links';
import { askStorage, type Storage } from './storage';

export type FindLink = (fileId: string) => Promise<Link | Failed>;

interface Wanted {
	fileId: string;
	resolve(link: Link | Failed): void;
	reject(error: unknown): void;
}

/**
 * Finds the links to files. Those that are wanted at the same moment, or while others are asked for, go into
 * one request.
 */
export function createLinkFinder(storage: Storage): FindLink {
	const queue: Wanted[] = [];
	let isAsking = false;

	async function askForAll(): Promise<void> {
		isAsking = true;
		// Lets all join that are wanted at this moment.
		await Promise.resolve();
		while (queue.length > 0) await ask(queue.splice(0, LINKS_AT_ONCE));
		isAsking = false;
	}

	async function ask(wanted: Wanted[]): Promise<void> {
		const fileIds = [...new Set(wanted.map(({ fileId }) => fileId))];
		try {
			const links = await askStorage(
				storage,
				(asker) => buildLinksRequest(asker, storage.environment, fileIds),
				(answer) => readLinks(answer, fileIds),
			);
			for (const { fileId, resolve } of wanted) {
				resolve(links.kind === 'failed' ? links : (links.byFileId.get(fileId) as Link));
			}
		} catch (error) {
			for (const { reject } of wanted) reject(error);
		}
	}

	return async (fileId) =>
		await new Promise((resolve, reject) => {
			queue.push({ fileId, resolve, reject });
			if (!isAsking) void askForAll();
		});
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as pause } from 'node:timers/promises';

const INTERVAL_MS = 100;
const LIMIT_MS = 30_000;

/** Asks for a page until it holds a text; n8n prepares forms and their last pages in the background. */
export async function pollPage(address: string, text: RegExp): Promise<string> {
	for (let passedMs = 0; ; passedMs += INTERVAL_MS) {
		const page = await (await fetch(address)).text();
		if (text.test(page)) return page;
		if (passedMs >= LIMIT_MS) throw new Error(`${text} did not appear in: ${page.slice(0, 2000)}`);
		await pause(INTERVAL_MS);
	}
}

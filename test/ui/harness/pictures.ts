/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** `npm run screenshots` sets it to where the README's pictures are; other runs leave those as they are. */
const folder = process.env.PICTURES_FOLDER
	? path.resolve(process.env.PICTURES_FOLDER)
	: path.join(tmpdir(), 'n8n-nodes-wechat-pictures');

/** Writes what is to be seen as `<name>.png`; a name may hold a folder. */
export async function takePicture(seen: Page | Locator, name: string): Promise<void> {
	const file = path.join(folder, `${name}.png`);
	await mkdir(path.dirname(file), { recursive: true });
	await seen.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
}

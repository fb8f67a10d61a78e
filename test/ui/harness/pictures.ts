/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** `npm run screenshots` sets it to where the README's pictures are; other runs leave those as they are. */
const folder = process.env.PICTURES_FOLDER
	? path.resolve(process.env.PICTURES_FOLDER)
	: path.join(tmpdir(), 'n8n-nodes-wechat-pictures');

/** In pixels of the page. */
export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

const MARGIN_PX = 16;

/** Writes what is to be seen as `<name>.png`; a name may hold a folder. */
export async function takePicture(seen: Page | Locator, name: string): Promise<void> {
	await seen.screenshot({ path: await makePath(name), animations: 'disabled', caret: 'hide' });
}

/** The same for a part of the page, with a margin around it. */
export async function takePictureOf(page: Page, area: Area, name: string): Promise<void> {
	const clip = {
		x: area.x - MARGIN_PX,
		y: area.y - MARGIN_PX,
		width: area.width + 2 * MARGIN_PX,
		height: area.height + 2 * MARGIN_PX,
	};
	await page.screenshot({ path: await makePath(name), clip, animations: 'disabled' });
}

async function makePath(name: string): Promise<string> {
	const file = path.join(folder, `${name}.png`);
	await mkdir(path.dirname(file), { recursive: true });
	return file;
}

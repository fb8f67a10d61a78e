/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findCacheFolder } from '../../n8n/install/cacheFolder';
import type { Group } from '../plan/groups';
import type { MeasuredGroup } from '../run/measure';

/** What the figures depend on, as pairs of name and value. */
export type Surroundings = Array<[string, string]>;

/** A group as it was measured last, so that the page can be written anew when a single one is. */
export interface Kept {
	/** 2026-11-28 */
	date: string;
	surroundings: Surroundings;
	measured: MeasuredGroup;
}

const folder = path.join(findCacheFolder(), 'bench');
const findFile = (name: string) => path.join(folder, `${name}.json`);

export async function keepGroup(
	measured: MeasuredGroup,
	surroundings: Surroundings,
): Promise<void> {
	const kept: Kept = { date: new Date().toISOString().slice(0, 10), surroundings, measured };
	await mkdir(folder, { recursive: true });
	await writeFile(findFile(measured.group.name), JSON.stringify(kept));
}

/** Of the groups as they are now, those that were measured in these surroundings. */
export async function readKept(groups: Group[], surroundings: Surroundings): Promise<Kept[]> {
	const all = await Promise.all(groups.map(async ({ name }) => await readGroup(name)));
	const same = JSON.stringify(surroundings);
	return all.filter(
		(kept, i) =>
			kept !== undefined &&
			JSON.stringify(kept.surroundings) === same &&
			JSON.stringify(kept.measured.group) === JSON.stringify(groups[i]),
	) as Kept[];
}

async function readGroup(name: string): Promise<Kept | undefined> {
	try {
		return JSON.parse(await readFile(findFile(name), 'utf8')) as Kept;
	} catch {
		return undefined;
	}
}

/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { rmSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installN8n } from '../../../n8n/install/install';
import { openInstance } from '../../../n8n/instance';
import { placePackage } from '../../../n8n/install/packagePlacement';

/** Names the folder that is copied; jest hands its environment on to the test files. */
const PREPARED = 'E2E_PREPARED_FOLDER';

/**
 * Once before all test files: the packed package in the folder of an n8n that has created its database. To do
 * that for each file would take longer than many of them take themselves.
 */
export async function prepareUserFolder(): Promise<void> {
	const installation = await installN8n({
		report: (line) => void process.stderr.write(`${line}\n`),
	});
	const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-e2e-'));
	process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));
	await placePackage(userFolder);
	const n8n = await openInstance({ installation, userFolder });
	await n8n.importCredentials([]);
	process.env[PREPARED] = userFolder;
}

export async function makeUserFolder(): Promise<string> {
	const prepared = process.env[PREPARED];
	if (!prepared) throw new Error("jest's globalSetup has not prepared n8n's folder.");
	const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-e2e-'));
	await cp(prepared, userFolder, { recursive: true });
	return userFolder;
}

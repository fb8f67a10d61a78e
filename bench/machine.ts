/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import path from 'node:path';
import type { N8nInstallation } from '../n8n/install/install';
import { runProcess } from '../n8n/processGroup';
import type { Surroundings } from './page/kept';

export async function describeMachine(installation: N8nInstallation): Promise<Surroundings> {
	const { stdout } = await runProcess(installation.node, ['--version']);
	return [
		['CPU', `${availableParallelism()} cores, ${cpus()[0].model.trim()}`],
		['Memory', `${Math.round(totalmem() / 1024 ** 3)} GB`],
		['System', `${type()} ${release()}`],
		['n8n', readVersion(path.join(installation.folder, 'node_modules', 'n8n'))],
		['Node.js under n8n', stdout.trim().replace('v', '')],
		['This package', readVersion(path.resolve(__dirname, '..'))],
	];
}

function readVersion(folder: string): string {
	const text = readFileSync(path.join(folder, 'package.json'), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}

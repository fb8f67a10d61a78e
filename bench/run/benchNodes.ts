/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';

const PACKAGE_NAME = 'n8n-nodes-bench';
const NODES = ['BenchRows', 'BenchClock', 'BenchCalls', 'BenchReport'];

/** Puts this bench's own nodes beside the package, where n8n keeps installed packages. */
export async function placeBenchNodes(userFolder: string): Promise<void> {
	const target = path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
	await cp(path.join(__dirname, '..', 'nodes'), target, { recursive: true });
	const manifest = {
		name: PACKAGE_NAME,
		version: '1.0.0',
		keywords: ['n8n-community-node-package'],
		n8n: {
			n8nNodesApiVersion: 1,
			credentials: [],
			nodes: NODES.map((name) => `${name}.node.js`),
		},
	};
	await writeFile(path.join(target, 'package.json'), JSON.stringify(manifest));
}

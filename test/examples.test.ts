/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface ExampleNode {
	type: string;
	credentials?: Record<string, object>;
	parameters: { content?: string };
}

const folder = path.join(__dirname, '..', 'examples');
const names = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => path.basename(file, '.json'));
const guide = readFileSync(path.join(folder, 'README.md'), 'utf8');

describe.each(names)('the example %s', (name) => {
	const text = readFileSync(path.join(folder, `${name}.json`), 'utf8');
	const { id, nodes } = JSON.parse(text) as { id: string; nodes: ExampleNode[] };

	test('names nodes as n8n and users of the package have them, and has an id to run it by', () => {
		const packages = nodes.map(({ type }) => type.slice(0, type.lastIndexOf('.')));
		for (const found of packages) {
			expect([
				'n8n-nodes-base',
				'@n8n/n8n-nodes-langchain',
				'n8n-nodes-wechat-cloud-function',
			]).toContain(found);
		}
		// n8n's execute-batch takes ids with a digit only.
		expect(id).toMatch(/\d/);
	});

	test('explains itself in sticky notes', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.length).toBeGreaterThanOrEqual(2);
		for (const { parameters } of notes) expect(parameters.content).toMatch(/^## /);
	});

	test('refers to credentials, and holds none', () => {
		for (const { credentials = {} } of nodes) {
			for (const reference of Object.values(credentials)) {
				expect(Object.keys(reference).sort()).toEqual(['id', 'name']);
			}
		}
		expect(text).not.toMatch(/sandbox-dummy/);
	});

	test('is in the guide, with its picture', () => {
		expect(guide).toContain(`(${name}.json)`);
		const picture = `../docs/images/examples/${name}.png`;
		expect(guide).toContain(`(${picture})`);
		expect(existsSync(path.join(folder, picture))).toBe(true);
	});
});

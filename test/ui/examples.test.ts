/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { makeDemoCredentials } from '../../demo/credentials';
import { OPEN_TIMEOUT_MS, readExample, TEST_TIMEOUT_MS } from '../e2e/harness/realN8n';
import {
	findNode,
	fitView,
	listNodesWithIssues,
	measureWorkflow,
	openWorkflow,
} from './harness/canvas';
import { closeNode, findNodeView, openNode } from './harness/nodeView';
import { takePictureOf } from './harness/pictures';
import { openRealEditor, type RealEditor } from './harness/realEditor';

jest.setTimeout(TEST_TIMEOUT_MS);

const files = readdirSync(path.join(__dirname, '../../examples')).filter((name) =>
	name.endsWith('.json'),
);

const EVENTS = 'wechatPlatformEvents1';
const AI_NODES = '@n8n/n8n-nodes-langchain';

/** Room for the largest example at its natural size. */
const LARGE_PX = { width: 1700, height: 1500 };

let editor: RealEditor;

beforeAll(async () => {
	editor = await openRealEditor(async ({ n8n, sandbox }) => {
		await n8n.importCredentials(makeDemoCredentials(sandbox.url));
		await n8n.importWorkflows(await Promise.all(files.map(readExample)));
	});
	await editor.page.setViewportSize(LARGE_PX);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await editor.close());

test.each(files)('%s opens in the editor with all its nodes known and set up', async (file) => {
	const { page, url } = editor;
	const { id, nodes } = await readExample(file);
	await openWorkflow(page, url, id);
	const shown = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	for (const { name } of shown) await findNode(page, String(name)).waitFor();
	// A chat model waits for a credential of the reader's own.
	const models = nodes.filter(({ type }) => String(type).startsWith(`${AI_NODES}.lm`));
	expect(await listNodesWithIssues(page)).toEqual(models.map(({ name }) => name));
	await fitView(page);
	await takePictureOf(
		page,
		await measureWorkflow(page),
		`examples/${path.basename(file, '.json')}`,
	);
});

test('the trigger for pushes says where WeChat pushes to', async () => {
	const { page, url } = editor;
	await openWorkflow(page, url, EVENTS);
	await openNode(page, 'WeChat Open Platform Trigger');
	await findNodeView(page).getByText('Receive what WeChat pushes').waitFor();
	await closeNode(page);
});

test('the fields of a customer can be dragged before anything has run', async () => {
	const { page, url } = editor;
	await openWorkflow(page, url, EVENTS);
	await openNode(page, 'With a Token');
	const input = page.getByTestId('ndv-input-panel');
	await input.getByText('authorizerRefreshToken', { exact: true }).first().waitFor();
	await closeNode(page);
});

test('after all of these the editor has reported no error of its own', () => {
	expect(editor.pageErrors).toEqual([]);
});

import type { Locator, Page } from 'playwright-core';
import type { Area } from './pictures';

export function findNode(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** Opens a stored workflow and waits until its canvas shows it. */
export async function openWorkflow(page: Page, n8nUrl: string, workflowId: string): Promise<void> {
	await page.goto(`${n8nUrl}/workflow/${workflowId}`, { waitUntil: 'commit' });
	await page.getByTestId('canvas-node').first().waitFor();
	await page.getByTestId('zoom-to-fit').waitFor();
}

/** What the list of nodes shows for a search, best first. */
export async function searchNodes(page: Page, text: string, expected: string): Promise<string[]> {
	await page.getByTestId('node-creator-plus-button').click();
	await findInList(page, text, expected);
	return await page.getByTestId('node-creator-item-name').allInnerTexts();
}

/** Adds a node behind another by way of the list of nodes; it opens. */
export async function addNodeBehind(
	page: Page,
	node: string,
	search: string,
	name: string,
): Promise<void> {
	await findNode(page, node).getByTestId('canvas-handle-plus').click();
	await (await findInList(page, search, name)).click();
	await page.getByText('Add to workflow').click();
	await page.getByTestId('ndv').waitFor();
}

async function findInList(page: Page, search: string, name: string): Promise<Locator> {
	await page.getByTestId('node-creator-search-bar').fill(search);
	const entry = page.getByTestId('node-creator-item-name').getByText(name, { exact: true });
	await entry.first().waitFor();
	return entry.first();
}

/** The names on a node's outputs, from the top. */
export async function listOutputs(page: Page, node: string): Promise<string[]> {
	const handles = findNode(page, node).getByTestId('canvas-node-output-handle');
	// After a run the number of items stands below the name.
	return (await handles.allInnerTexts()).map((text) => text.split('\n')[0]);
}

/** Waits until n8n's short notices are gone: they lie over what is below them. */
export async function awaitNoNotice(page: Page): Promise<void> {
	await page.locator('.el-notification').first().waitFor({ state: 'detached' });
}

/** Shows the whole workflow, as large as it fits, up to its natural size. */
export async function fitView(page: Page): Promise<void> {
	await page.getByTestId('zoom-to-fit').click();
	const node = await page.getByTestId('canvas-node').first().elementHandle();
	await node?.waitForElementState('stable');
}

/** The names of nodes that n8n does not know, or finds something wrong with. */
export async function listNodesWithIssues(page: Page): Promise<string[]> {
	const issues = page.getByTestId('node-issues').or(page.getByTestId('node-not-installed'));
	const nodes = await page.getByTestId('canvas-node').filter({ has: issues }).all();
	const names = nodes.map(async (node) => await node.getAttribute('data-node-name'));
	return (await Promise.all(names)).map(String);
}

/** Where on the page the workflow's nodes and notes are. */
export async function measureWorkflow(page: Page): Promise<Area> {
	const nodes = await page.locator('.vue-flow__node').all();
	const boxes = (await Promise.all(nodes.map(async (node) => await node.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	return {
		x,
		y,
		width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
		height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
	};
}

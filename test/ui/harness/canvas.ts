import type { Locator, Page } from 'playwright-core';

export function findNode(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** Opens a stored workflow and waits until its canvas shows it. */
export async function openWorkflow(page: Page, n8nUrl: string, workflowId: string): Promise<void> {
	await page.goto(`${n8nUrl}/workflow/${workflowId}`, { waitUntil: 'commit' });
	await page.getByTestId('canvas-node').first().waitFor();
	await page.getByTestId('execute-workflow-button').first().waitFor();
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
	return await findNode(page, node).getByTestId('canvas-node-output-handle').allInnerTexts();
}

export async function executeWorkflow(page: Page, lastNode: string): Promise<void> {
	await page.getByTestId('execute-workflow-button').first().click();
	await findNode(page, lastNode).getByTestId('canvas-node-status-success').waitFor();
}

/** Removes n8n's short notices; they would lie over what comes next. */
export async function closeNotices(page: Page): Promise<void> {
	const close = page.locator('.el-notification__closeBtn');
	while ((await close.count()) > 0) {
		await close.first().click();
	}
}

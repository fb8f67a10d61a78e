import type { Locator, Page } from 'playwright-core';
import { findNode } from './canvas';

/** The editor takes a movement for a drag only if it sees the pointer on its way. */
const DRAG_STEPS = 12;

export async function openNode(page: Page, name: string): Promise<void> {
	await findNode(page, name).dblclick();
	await page.getByTestId('ndv').waitFor();
}

export async function closeNode(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

export function findNodeView(page: Page): Locator {
	return page.getByTestId('ndv');
}

/** A parameter's field, by its name in the node or the credential. */
export function findParameter(page: Page, name: string): Locator {
	return page.getByTestId(`parameter-input-${name}`).locator('visible=true');
}

export async function fillParameter(page: Page, name: string, text: string): Promise<void> {
	await findParameter(page, name).locator('input, textarea').first().fill(text);
}

/** Chooses from a drop-down list by the option's name; its description follows it there. */
export async function chooseOption(page: Page, parameter: string, option: string): Promise<void> {
	await findParameter(page, parameter).click();
	await page
		.getByRole('option')
		.filter({ has: page.getByText(option, { exact: true }) })
		.locator('visible=true')
		.click();
}

/** Opens the list of a resource locator: what its credential can see at WeChat. */
export async function openList(page: Page, parameter: string): Promise<void> {
	await findParameter(page, parameter).getByTestId('rlc-input').click();
	await findListEntries(page).first().waitFor();
}

/** Picks an entry of the list that is open. */
export async function pickEntry(page: Page, name: string): Promise<void> {
	await findListEntries(page).getByText(name, { exact: true }).click();
}

/** n8n and the sandbox are reached without TLS. */
const FOREIGN = /^https:/;

/** Follows the arrow beside what is chosen in a resource locator; the address it opens. */
export async function followArrow(page: Page, parameter: string): Promise<string> {
	// No page of somebody else's is asked for.
	await page.context().route(FOREIGN, async (route) => await route.fulfill({ body: '' }));
	const opened = page.context().waitForEvent('page');
	await findParameter(page, parameter).getByTestId('rlc-open-resource-link').click();
	const tab = await opened;
	await tab.waitForURL(FOREIGN);
	await page.context().unroute(FOREIGN);
	const address = tab.url();
	await tab.close();
	return address;
}

export function findListEntries(page: Page): Locator {
	return page.getByTestId('rlc-item').locator('visible=true');
}

/** Runs the nodes before this one, so that its input shows. */
export async function executePreviousNodes(page: Page): Promise<void> {
	await page.getByTestId('execute-previous-node').click();
	await findInputField(page).first().waitFor();
}

/** Drags a field of the input to where the parameter "Fields" takes it. */
export async function dragField(page: Page, field: string): Promise<void> {
	const count = await findDroppedFields(page).count();
	await findInputField(page).getByText(field, { exact: true }).first().hover();
	await page.mouse.down();
	const box = await page.getByTestId('assignment-collection-drop-area').boundingBox();
	if (!box) throw new Error('There is nothing to drop fields on.');
	const x = box.x + box.width / 2;
	const y = box.y + box.height / 2;
	await page.mouse.move(x, y, { steps: DRAG_STEPS });
	await page.mouse.up();
	await findDroppedFields(page).nth(count).waitFor();
}

export function findDroppedFields(page: Page): Locator {
	return page.getByTestId('assignment').locator('visible=true');
}

function findInputField(page: Page): Locator {
	return page.getByTestId('ndv-input-panel').getByTestId('run-data-schema-node-name');
}

export async function executeStep(page: Page): Promise<void> {
	await page.getByTestId('node-execute-button').click();
	await page.getByTestId('output-panel').getByTestId('node-run-status-success').waitFor();
}

/** Opens one of the output's branches, by what its tab says. */
export async function openOutput(page: Page, name: string): Promise<void> {
	await page.getByTestId('branches').getByText(name).click();
}

export async function showAs(page: Page, mode: 'schema' | 'table' | 'json'): Promise<void> {
	await page.getByTestId('output-panel').getByTestId(`radio-button-${mode}`).click();
}

/** The names of the columns of the output, shown as a table. */
export async function listColumns(page: Page): Promise<string[]> {
	const texts = await findOutput(page).locator('th').allInnerTexts();
	// The last one only fills the rest of the width.
	return texts.filter((text) => text !== '');
}

export function findOutput(page: Page): Locator {
	return page.getByTestId('output-panel').getByTestId('ndv-data-container');
}

export async function openTab(page: Page, name: 'params' | 'settings'): Promise<void> {
	await page.getByTestId('ndv').getByTestId(`tab-${name}`).click();
}

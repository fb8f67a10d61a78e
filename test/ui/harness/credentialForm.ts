import type { Locator, Page } from 'playwright-core';
import { chooseOption, fillParameter } from './nodeView';

/** Opens the form for a new credential from the open node. */
export async function createCredential(page: Page): Promise<void> {
	await page.getByTestId('node-credentials-select').click();
	await page.getByTestId('node-credentials-select-item-new').click();
	await findForm(page).waitFor();
}

/** Opens the credential of the open node; n8n tests it at once. */
export async function editCredential(page: Page): Promise<void> {
	await page.getByTestId('credential-edit-button').click();
	await findForm(page).waitFor();
}

/** Fills in the fields of a mini program that the sandbox knows. */
export async function fillCredential(
	page: Page,
	fields: { appId: string; appSecret: string; customApiHost: string },
): Promise<void> {
	await chooseOption(page, 'apiHost', 'Custom');
	for (const [name, text] of Object.entries(fields)) await fillParameter(page, name, text);
}

/** Saves, which tests as well: the form closes if the test was passed, else it says why it was not. */
export async function saveCredential(page: Page): Promise<void> {
	await page.getByTestId('credential-save-button').locator('visible=true').click();
}

/** The form's own button: Escape would close the node as well. */
export async function closeCredential(page: Page): Promise<void> {
	await page.getByLabel('Close this dialog').locator('visible=true').click();
	await findForm(page).waitFor({ state: 'hidden' });
}

export function findForm(page: Page): Locator {
	return page.getByTestId('credential-edit-dialog');
}

/** The form with its frame and title. */
export function findDialog(page: Page): Locator {
	return page.locator('.el-dialog').filter({ has: findForm(page) });
}

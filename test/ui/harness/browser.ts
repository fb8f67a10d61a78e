import { chromium, selectors, type Page } from 'playwright-core';
import type { Owner } from '../../../n8n/session';
import { findChromium } from './chromium';

/** How long the browser waits for anything before the test fails. */
const PATIENCE_MS = 60_000;
const WIDTH_PX = 1400;
const HEIGHT_PX = 820;

/** Keeps Chromium off the network, and lets it run as root and without a graphics card. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export interface Browser {
	page: Page;
	/** Uncaught errors of the editor, since the start. */
	pageErrors: string[];
	close(): Promise<void>;
}

/** A headless Chromium that has logged in to n8n. */
export async function openBrowser(n8nUrl: string, owner: Owner): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
	const close = async () => await browser.close();
	const page = await browser.newPage({
		viewport: { width: WIDTH_PX, height: HEIGHT_PX },
		colorScheme: 'light',
		reducedMotion: 'reduce',
	});
	page.setDefaultTimeout(PATIENCE_MS);
	const pageErrors: string[] = [];
	page.on('pageerror', ({ message }) => pageErrors.push(message));
	await logIn(page, n8nUrl, owner).catch(async (error: Error) => {
		await close();
		throw error;
	});
	return { page, pageErrors, close };
}

/** Through the form: the editor does not take over a session made without it. */
async function logIn(page: Page, n8nUrl: string, owner: Owner): Promise<void> {
	await page.goto(`${n8nUrl}/signin`);
	await page.locator('input[name=emailOrLdapLoginId]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(({ pathname }) => pathname !== '/signin');
}

import type { Page } from 'playwright-core';
import { setUpOwner } from '../../../n8n/session';
import { owner } from '../../e2e/harness/owner';
import { openRealN8n, type RealN8n } from '../../e2e/harness/realN8n';
import { openBrowser } from './browser';

export interface RealEditor extends RealN8n {
	page: Page;
	/** The editor's address. */
	url: string;
	/** Uncaught errors of the editor, since the start. */
	pageErrors: string[];
}

/**
 * A browser in the editor of a real n8n; `prepare` imports what has to be there before n8n starts.
 * @param settings variables of n8n
 */
export async function openRealEditor(
	prepare: (real: RealN8n) => Promise<void>,
	settings: Record<string, string> = {},
): Promise<RealEditor> {
	const real = await openRealN8n(settings);
	return await openEditor(real, prepare).catch(async (error: Error) => {
		await real.close();
		throw error;
	});
}

async function openEditor(
	real: RealN8n,
	prepare: (real: RealN8n) => Promise<void>,
): Promise<RealEditor> {
	await prepare(real);
	const { url } = await real.n8n.start();
	await setUpOwner(url, owner);
	const { page, pageErrors, close } = await openBrowser(url, owner);
	return {
		...real,
		url,
		page,
		pageErrors,
		async close() {
			await close();
			await real.close();
		},
	};
}

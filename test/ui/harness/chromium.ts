/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import { installDebianPackages } from '../../../n8n/install/debianPackages';
import { runProcess } from '../../../n8n/processGroup';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** The second font shows Chinese. */
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-wqy-zenhei'];
const MISSING = {
	packages: PACKAGES,
	title: 'Installing Chromium and its fonts',
	remedy:
		'These tests drive Chromium, which was not found. Install it and a font for Chinese ' +
		`(Debian, as root: "apt-get install ${PACKAGES.join(' ')}"), or name another ` +
		"one's program in the environment variable CHROMIUM, then run the command again.",
};

/** The browser's program: the one that CHROMIUM names, or one of the usual places. */
export function findChromium(): string | undefined {
	return [process.env.CHROMIUM, ...PLACES].find((place) => place && existsSync(place));
}

/** Installs Chromium where it is missing and can be installed: as root on Debian or Ubuntu. */
export async function installChromium(report: (line: string) => void): Promise<void> {
	if (findChromium() && (await showsChinese())) return;
	await installDebianPackages(MISSING, report).catch((error) => {
		// One that shows no Chinese is better than none.
		if (!findChromium()) throw error;
	});
}

async function showsChinese(): Promise<boolean> {
	const { code, stdout } = await runProcess('fc-list', [':lang=zh', 'family']).catch(() => ({
		code: 1,
		stdout: '',
	}));
	return code === 0 && stdout.trim() !== '';
}

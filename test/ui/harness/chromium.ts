/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import { runProcess } from '../../../n8n/processGroup';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** The second font shows Chinese. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-liberation', 'fonts-wqy-zenhei'];

/** The browser's program: the one that CHROMIUM names, or one of the usual places. */
export function findChromium(): string | undefined {
	return [process.env.CHROMIUM, ...PLACES].find((place) => place && existsSync(place));
}

/** Installs Chromium where it is missing and can be installed: as root on Debian or Ubuntu. */
export async function installChromium(report: (line: string) => void): Promise<void> {
	if (findChromium() && (await showsChinese())) return;
	if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
		if (findChromium()) return;
		throw new Error(
			'These tests drive Chromium, which was not found. Install it and a font for Chinese ' +
				`(Debian, as root: "apt-get install ${DEBIAN_PACKAGES.join(' ')}"), or name another ` +
				"one's program in the environment variable CHROMIUM, then run the command again.",
		);
	}
	report(`Installing ${DEBIAN_PACKAGES.join(', ')} ...`);
	await runApt(['update']);
	await runApt(['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES]);
}

async function showsChinese(): Promise<boolean> {
	const { code, stdout } = await runProcess('fc-list', [':lang=zh', 'family']).catch(() => ({
		code: 1,
		stdout: '',
	}));
	return code === 0 && stdout.trim() !== '';
}

async function runApt(args: string[]): Promise<void> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const { code, stdout, stderr } = await runProcess('apt-get', args, { env });
	if (code === 0) return;
	throw new Error(`"apt-get ${args.join(' ')}" failed:\n${(stdout + stderr).trim()}`);
}

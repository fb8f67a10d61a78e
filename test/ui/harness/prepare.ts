/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import { installN8n } from '../../../sandbox/n8n/install';
import { installChromium } from './chromium';

/** Once before all test files: n8n in the cache folder (some minutes the first time), and a browser. */
export = async function prepare(): Promise<void> {
	const report = (line: string) => void process.stderr.write(`${line}\n`);
	await installChromium(report);
	await installN8n({ report });
};

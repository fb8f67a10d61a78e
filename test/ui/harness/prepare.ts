/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import { prepareUserFolder } from '../../e2e/harness/userFolder';
import { installChromium } from './chromium';

/** Once before all test files: n8n in the cache folder (some minutes the first time), and a browser. */
export = async function prepare(): Promise<void> {
	await installChromium((line) => void process.stderr.write(`${line}\n`));
	await prepareUserFolder();
};

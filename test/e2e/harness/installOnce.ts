/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import { installN8n } from '../../../sandbox/n8n/install';

/** Once before all test files: n8n in the cache folder (some minutes the first time). */
export = async function installOnce(): Promise<void> {
	await installN8n({ report: (line) => process.stderr.write(`${line}\n`) });
};

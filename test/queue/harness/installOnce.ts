/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import { installN8n } from '../../../n8n/install/install';
import { requirePrograms } from '../../../n8n/queue/programs';

/** Once before all test files: n8n in the cache folder, and Redis and PostgreSQL on this system. */
export = async function installOnce(): Promise<void> {
	const report = (line: string) => void process.stderr.write(`${line}\n`);
	await installN8n({ report });
	await requirePrograms(report);
};

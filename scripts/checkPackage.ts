/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs on Node, not inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packPackage, projectFolder, unpackPackage } from '../n8n/packagePlacement';
import { checkContents, readPackedFiles } from './packageContents';
import { checkManifest } from './packageManifest';
import { PACKED_FILES, scan, SOURCE_FILES } from './scan';

interface Check {
	title: string;
	findings: string[];
}

/** Packs the package as npm would publish it and looks for whatever keeps n8n from taking it, or gives too much away. */
async function checkPackage(): Promise<Check[]> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-check-'));
	try {
		const tarball = await packPackage(folder);
		const unpacked = await unpackPackage(tarball, folder);
		const files = await readPackedFiles(unpacked);
		return [
			{ title: "n8n's scanner, on the source", findings: await scan(projectFolder, SOURCE_FILES) },
			{ title: "n8n's scanner, on the package", findings: await scan(unpacked, PACKED_FILES) },
			{ title: 'package.json', findings: checkManifest(files) },
			...checkContents(files),
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

void checkPackage().then(
	(checks) => {
		for (const { title, findings } of checks) {
			console.log(`${findings.length === 0 ? 'good' : 'BAD '}  ${title}`);
			for (const finding of findings) console.log(`        ${finding}`);
		}
		const isGood = checks.every(({ findings }) => findings.length === 0);
		console.log(isGood ? 'The package can be published.' : 'The package must not be published.');
		process.exit(isGood ? 0 : 1);
	},
	(error: Error) => {
		console.error(error.message);
		process.exit(1);
	},
);

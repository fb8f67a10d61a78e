/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs on Node, not inside n8n */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
	packPackage,
	projectFolder,
	unpackPackage,
	type Builder,
} from '../../n8n/install/packagePlacement';
import { checkContents, compareFiles, readPackedFiles, type PackedFiles } from './packageContents';
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
		// The package's own build comes last: n8n's leaves pictures of the documents in dist/.
		const builtByN8n = (await buildWith('n8n-node', path.join(folder, 'n8n-node'))).files;
		const { unpacked, files } = await buildWith('gulp', path.join(folder, 'gulp'));
		return [
			{ title: "n8n's scanner, on the source", findings: await scan(projectFolder, SOURCE_FILES) },
			{ title: "n8n's scanner, on the package", findings: await scan(unpacked, PACKED_FILES) },
			{ title: 'package.json', findings: checkManifest(files) },
			...checkContents(files),
			{
				title: '"n8n-node build" makes the same package',
				findings: compareFiles(files, builtByN8n),
			},
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function buildWith(
	builder: Builder,
	folder: string,
): Promise<{ unpacked: string; files: PackedFiles }> {
	await mkdir(folder);
	const unpacked = await unpackPackage(await packPackage(folder, undefined, builder), folder);
	return { unpacked, files: await readPackedFiles(unpacked) };
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

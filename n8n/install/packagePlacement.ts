/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withLock } from './lock';
import { runProcess } from '../processGroup';

const PACKAGE_NAME = 'n8n-nodes-wechat-cloud-function';
export const projectFolder = path.resolve(__dirname, '../..');

/** Builds this package, packs it as npm would publish it, and unpacks it where n8n keeps installed packages. */
export async function placePackage(userFolder: string, signal?: AbortSignal): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-package-'));
	try {
		const tarball = await packPackage(folder, signal);
		await unpackPackage(tarball, userFolder, signal);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The two programs that build this package: its own, and n8n's for community packages. */
export type Builder = 'gulp' | 'n8n-node';

const BUILDER_PROGRAMS: Readonly<Record<Builder, string>> = {
	gulp: 'gulp/bin/gulp.js',
	'n8n-node': '@n8n/node-cli/bin/n8n-node.mjs',
};

/** Builds and packs this package into a folder; resolves with the tarball's path. */
export async function packPackage(
	folder: string,
	signal?: AbortSignal,
	builder: Builder = 'gulp',
): Promise<string> {
	const program = path.join(projectFolder, 'node_modules', BUILDER_PROGRAMS[builder]);
	// All of them build into dist/.
	const lock = path.join(projectFolder, '.building');
	await withLock(lock, { report: () => {}, signal }, async () => {
		await runInProject(process.execPath, [program, 'build'], signal);
		await runInProject('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], signal);
	});
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`"npm pack" left no package in ${folder}.`);
	return path.join(folder, tarball);
}

/**
 * Replaces the package in an instance's user folder by the one in a tarball; n8n sees it at its next start.
 * Resolves with the package's folder.
 */
export async function unpackPackage(
	tarball: string,
	userFolder: string,
	signal?: AbortSignal,
): Promise<string> {
	const target = path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await runInProject('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], signal);
	return target;
}

async function runInProject(command: string, args: string[], signal?: AbortSignal): Promise<void> {
	const result = await runProcess(command, args, { cwd: projectFolder, signal });
	if (result.code === 0) return;
	const name = [path.basename(command), ...args.map((arg) => path.basename(arg))].join(' ');
	const output = (result.stdout + result.stderr).trim();
	throw new Error(`"${name}" failed (exit code ${result.code}):\n${output}`);
}

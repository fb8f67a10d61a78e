/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { projectFolder } from '../../n8n/install/packagePlacement';

/** The text of each file in the package, by its path in it. */
export type PackedFiles = ReadonlyMap<string, string>;

const MAX_UNPACKED_KB = 500;

/** All that the package ships. */
const SHIPPED = [
	/^(package\.json|index\.js|README\.md|LICENSE\.md|CHANGELOG\.md)$/,
	/^dist\/(nodes|credentials|wechat)\/.+\.js$/,
	/^dist\/nodes\/.+\.(svg|node\.json)$/,
	/^dist\/nodes\/.+\/__schema__\/.+\.json$/,
];

/** What tells where, or by whom, the package was built. */
const TELLTALES: Array<[string, RegExp]> = [
	['a path of the machine it was built on', toPattern([projectFolder, homedir()])],
	['a path in a home folder', /(\/home\/|\/Users\/|\/root\/|[A-Z]:\\Users\\)\w/],
	['a reference to a source map', /sourceMappingURL/],
	['an address of a package registry', /"resolved"\s*:|_authToken/],
];

export async function readPackedFiles(folder: string): Promise<PackedFiles> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name));
	const texts = await Promise.all(
		paths.map(async (file) => {
			const name = path.relative(folder, file).split(path.sep).join('/');
			return [name, await readFile(file, 'utf8')] as const;
		}),
	);
	return new Map(texts);
}

/** Findings about what the files are, how large they are and what they say; empty lists if all is well. */
export function checkContents(files: PackedFiles): Array<{ title: string; findings: string[] }> {
	const names = [...files.keys()].sort();
	const sizes = [...files.values()].map((text) => Buffer.byteLength(text));
	const unpackedKb = Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1000);
	return [
		{
			title: `${names.length} files, none that does not belong`,
			findings: names
				.filter((name) => !SHIPPED.some((pattern) => pattern.test(name)))
				.map((name) => `${name} is none of what the package ships`),
		},
		{
			title: `${unpackedKb} kB unpacked, of ${MAX_UNPACKED_KB}`,
			findings: unpackedKb > MAX_UNPACKED_KB ? ['the package is too large'] : [],
		},
		{
			title: 'nothing that tells where it was built',
			findings: names.flatMap((name) =>
				TELLTALES.filter(([, pattern]) => pattern.test(files.get(name) ?? '')).map(
					([what]) => `${name} holds ${what}`,
				),
			),
		},
	];
}

/** One line for each file that is not, or not the same, in both packages. */
export function compareFiles(files: PackedFiles, others: PackedFiles): string[] {
	return [...new Set([...files.keys(), ...others.keys()])]
		.filter((name) => files.get(name) !== others.get(name))
		.map((name) => `${name} is not the same in both`);
}

function toPattern(texts: string[]): RegExp {
	return new RegExp(texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'));
}

/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { preProcessFile } from 'typescript';

const projectFolder = path.resolve(__dirname, '..');
const ROOMS = [
	...[
		'nodes',
		'credentials',
		'wechat',
		'sandbox',
		'demo',
		'n8n',
		'bench',
		'live',
		'scripts',
		'test',
	],
];

/** What each file of the project imports, types included: the project's own by their path, packages by their name. */
const importsOf = new Map(
	ROOMS.flatMap((room) => listFiles(room))
		.filter((file) => file.endsWith('.ts'))
		.map((file) => [file, readImports(file)]),
);

function listFiles(folder: string): string[] {
	return readdirSync(path.join(projectFolder, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(projectFolder, path.join(entry.parentPath, entry.name)));
}

function readImports(file: string): string[] {
	const { importedFiles } = preProcessFile(readFileSync(path.join(projectFolder, file), 'utf8'));
	return importedFiles.map(({ fileName }) => {
		if (!fileName.startsWith('.')) return fileName;
		const imported = path.join(path.dirname(file), fileName);
		return existsSync(path.join(projectFolder, `${imported}.ts`)) ? `${imported}.ts` : imported;
	});
}

/** The first way found that leads back to where it began. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): string[] {
	const cleared = new Set<string>();
	const search = (file: string, way: string[]): string[] => {
		if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
		if (cleared.has(file)) return [];
		for (const next of imports.get(file) ?? []) {
			const circle = search(next, [...way, file]);
			if (circle.length > 0) return circle;
		}
		cleared.add(file);
		return [];
	};
	return [...imports.keys()].map((file) => search(file, [])).find(({ length }) => length > 0) ?? [];
}

/** Each import of files in `rooms` that leads to what `isForbidden`. */
function listImports(rooms: string[], isForbidden: (imported: string) => boolean): string[] {
	return [...importsOf]
		.filter(([file]) => rooms.includes(file.split(path.sep)[0]))
		.flatMap(([file, imports]) => imports.filter(isForbidden).map((to) => `${file}: ${to}`));
}

const isIn = (rooms: string[]) => (imported: string) => rooms.includes(imported.split(path.sep)[0]);

test('no file imports one that imports it, types included', () => {
	expect(importsOf.size).toBeGreaterThan(150);
	expect(findCircle(importsOf)).toEqual([]);
});

test('a circle of three files is found', () => {
	const circle = { a: ['b', 'd'], b: ['c'], c: ['a'], d: [] };
	expect(findCircle(new Map(Object.entries(circle)))).toEqual(['a', 'b', 'c', 'a']);
});

test.each([
	['nodes/InvokeCloudFunction', 6],
	['nodes/WeChatOpenPlatform', 6],
	['nodes/WeChatOpenPlatformTrigger', 6],
	['sandbox', 10],
	['wechat', 12],
])('%s holds at most %i loose files', (folder, limit) => {
	const loose = listFiles(folder).filter((file) => path.dirname(file) === path.normalize(folder));
	expect(loose.length).toBeLessThanOrEqual(limit);
});

test('no folder holds more than twelve files', () => {
	const counts = new Map<string, number>();
	for (const file of ROOMS.flatMap(listFiles)) {
		const folder = path.dirname(file);
		counts.set(folder, (counts.get(folder) ?? 0) + 1);
	}
	expect([...counts].filter(([, count]) => count > 12)).toEqual([]);
});

test('the sandbox shares no code with the package, so that neither repeats a mistake of the other', () => {
	const others = ROOMS.filter((room) => room !== 'sandbox');
	expect(listImports(['sandbox'], isIn(others))).toEqual([]);
});

test('what is shipped imports nothing that is not', () => {
	const unshipped = ['sandbox', 'demo', 'n8n', 'bench', 'live', 'scripts', 'test'];
	expect(listImports(['nodes', 'credentials', 'wechat'], isIn(unshipped))).toEqual([]);
});

test('wechat knows nothing of n8n', () => {
	const isForeign = (imported: string) =>
		isIn(['nodes', 'credentials'])(imported) || imported.startsWith('n8n-');
	expect(listImports(['wechat'], isForeign)).toEqual([]);
});

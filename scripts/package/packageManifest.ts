import type { PackedFiles } from './packageContents';

interface Manifest {
	name?: string;
	license?: string;
	keywords?: string[];
	author?: { name?: string; email?: string };
	repository?: { type?: string; url?: string };
	dependencies?: object;
	optionalDependencies?: object;
	bundledDependencies?: unknown;
	overrides?: object;
	peerDependencies?: object;
	scripts?: Record<string, string>;
	main?: string;
	n8n?: { nodes?: string[]; credentials?: string[] };
}

const LIFECYCLE_SCRIPTS = /^(pre|post)?(install|prepare|publish|pack)$|^prepublishOnly$/;

/** What n8n wants of package.json, each with whether it is so. */
const RULES: Array<[string, (manifest: Manifest, files: PackedFiles) => boolean]> = [
	['the name must begin with n8n-nodes-', ({ name }) => /^n8n-nodes-/.test(name ?? '')],
	['the license must be MIT', ({ license }) => license === 'MIT'],
	[
		'the keyword n8n-community-node-package is missing',
		({ keywords }) => Boolean(keywords?.includes('n8n-community-node-package')),
	],
	[
		'the author must have a name and an e-mail address',
		({ author }) => Boolean(author?.name && author.email),
	],
	[
		'the repository must be a public one on GitHub: provenance names it',
		({ repository }) => /^git\+https:\/\/github\.com\/.+\.git$/.test(repository?.url ?? ''),
	],
	[
		'no package may be needed at run time',
		({ dependencies, optionalDependencies, bundledDependencies, overrides }) =>
			!dependencies && !optionalDependencies && !bundledDependencies && !overrides,
	],
	[
		'n8n-workflow, in any version, must be the only peer',
		({ peerDependencies }) => JSON.stringify(peerDependencies) === '{"n8n-workflow":"*"}',
	],
	[
		'no script may run when the package is installed or published',
		({ scripts = {} }) => !Object.keys(scripts).some((name) => LIFECYCLE_SCRIPTS.test(name)),
	],
	[
		'a file it names is not in the package',
		({ main = '', n8n }, files) =>
			[main, ...(n8n?.nodes ?? []), ...(n8n?.credentials ?? [])].every((file) => files.has(file)),
	],
	[
		'a node has no codex, by which n8n finds it: <Name>.node.json',
		({ n8n }, files) =>
			(n8n?.nodes ?? []).every((node) => files.has(node.replace(/\.js$/, '.json'))),
	],
	['it names no node', ({ n8n }) => Boolean(n8n?.nodes?.length)],
];

/** One line for each rule that the package's package.json breaks. */
export function checkManifest(files: PackedFiles): string[] {
	const manifest = JSON.parse(files.get('package.json') ?? '{}') as Manifest;
	return RULES.filter(([, holds]) => !holds(manifest, files)).map(([broken]) => broken);
}

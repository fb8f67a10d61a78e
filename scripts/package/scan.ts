/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import path from 'node:path';
import { ESLint, type Linter } from 'eslint';
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

/** What n8n's scanner reads of a checkout: the nodes, the credentials and package.json. */
export const SOURCE_FILES: string[] = SOURCE_FILE_PATTERNS;

/** What it reads of a published package. */
export const PACKED_FILES = ['**/*.js', 'package.json'];

/** One line for each error and each warning. The scanner's own `analyzePackage` keeps silent about warnings. */
export async function scan(folder: string, patterns: string[]): Promise<string[]> {
	const eslint = new ESLint({
		cwd: folder,
		// As in the scanner: no file can excuse itself.
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: (await buildScanConfig()) as Linter.Config[],
	});
	const results = await eslint.lintFiles(patterns);
	return results.flatMap(({ filePath, messages }) =>
		messages.map(
			({ line, ruleId, message }) =>
				`${path.relative(folder, filePath)}:${line} ${ruleId ?? 'error'}: ${message}`,
		),
	);
}

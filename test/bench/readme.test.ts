/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (file: string) => readFileSync(path.resolve(__dirname, '..', '..', file), 'utf8');

/** The ratio that the page on benchmarks has in a row, rounded as people say it. */
function findRatio(row: string): string {
	const line = read('docs/benchmarks.md')
		.split('\n')
		.find((text) => text.includes(row));
	const [, ratio] = /\| ([\d.]+)x \|/.exec(line ?? '') ?? [];
	return Number(Number(ratio).toPrecision(2)).toString();
}

test.each(['README.md', 'docs/README.zh-CN.md'])('%s says what was measured', (file) => {
	const text = read(file);
	const single = findRatio('HTTP Request, its fastest way, 5,000 items');
	const inBatches = findRatio('HTTP Request, its fastest way, the same 5,000 items');
	expect(text).toMatch(new RegExp(`5,000[^.。]* ${single} [^.。]* ${inBatches} `));
});

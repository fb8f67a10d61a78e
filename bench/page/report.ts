import { format } from 'prettier';
import type { Group } from '../plan/groups';
import type { MeasuredGroup } from '../run/measure';
import { describeDistance, describeHelper, describeHttps } from './findings';
import type { Kept } from './kept';
import { writeGoals, writeGroup, writeTable } from './table';

/** The tables alone, for the terminal. */
export function writeFigures(groups: MeasuredGroup[]): string {
	const findings = [...describeHttps(groups), describeDistance(groups) ?? ''];
	return [writeGoals(groups), ...findings, ...groups.map(writeGroup)].filter(Boolean).join('\n\n');
}

/**
 * docs/benchmarks.md, of groups that were measured in the same surroundings.
 * @param planned all that there are: the page names those that were not
 */
export async function writeReport(kept: Kept[], planned: Group[]): Promise<string> {
	const groups = kept.map(({ measured }) => measured);
	const missing = planned.filter(({ name }) => groups.every(({ group }) => group.name !== name));
	const titles = missing.map(({ name, title }) => `${title} (\`${name}\`)`).join('; ');
	const dates = [...new Set(kept.map(({ date }) => date))].sort();
	const machine = [['Date', dates.join(', ')], ...kept[0].surroundings];
	const tables = (belongs: (group: Group) => boolean) =>
		groups
			.filter(({ group }) => belongs(group))
			.map(writeGroup)
			.join('\n\n');
	const isUnderLimit = ({ name, kind }: Group) => kind === 'limits' || name === 'no-limit';
	const isFar = ({ name }: Group) => name === 'far';
	const isAboutFiles = ({ kind }: Group) => kind === 'files';
	const text = `# Benchmarks

What this node costs next to other ways of making the same calls. \`npm run bench\` measures all of it anew and writes this page; with \`-- --only\` and the name of a group it measures that one and leaves the rest as it is.

${writeTable(['', ''], machine)}

${titles === '' ? '' : `Not measured here yet: ${titles}.`}

## The ratios to reach

${writeGoals(groups)}

${describeHelper(groups) ?? ''}

## How it is measured

${METHOD}

## HTTPS, and when a batch pays

n8n's request helper opens a new connection for every call. Over HTTPS each costs a TLS handshake as well, for this node as for HTTP Request.

${describeHttps(groups).join('\n\n')}

## Over a long distance

${describeDistance(groups) ?? ''} [Over a long distance](long-distance.md) says what helps.

${tables(isFar)}

## Under a limit

The stub server refuses what is above a limit as WeChat does: with an errcode in an HTTP 200. HTTP Request takes that for a success, so its Retry On Fail never sees it; its Batching is set here as somebody would who knows the limit and how long a call takes. This node is told neither: its concurrency is 50. Every run is in an environment of its own, of which this node has learned nothing yet.

${tables(isUnderLimit)}

## Files

The file lies where n8n keeps binary data on disk, and goes to the stub server's cloud storage as a form. HTTP Request sends the same file to the same place, without asking for a grant and without calling a function after it. Every run has a new n8n. "Memory it costs" is the highest resident size while the node runs, less the size as it began.

${tables(isAboutFiles)}

## All other figures

${tables((group) => !isUnderLimit(group) && !isFar(group) && !isAboutFiles(group))}
`;
	return await format(text, { parser: 'markdown', printWidth: 100, proseWrap: 'never' });
}

const METHOD = `- A real n8n, started with its own database, with the packed package in its folder for community packages. Workflows are published and called by webhook: Webhook → rows → clock → **the node measured** → report. Nothing is saved of a successful execution.
- **Time** is from n8n's own event "node begins" to "node has ended", read from the process's high-resolution clock. The nodes before and after it don't count; what n8n does with the items of any node does. Garbage is collected before the clock starts.
- The cells of a group take turns (A B C C B A …), after a warm-up of all, so that what slows the machine slows all of them; ratios are those of the medians of one group. **n8n's processor time** is what its process used meanwhile: it moves less when other programs run.
- The calls go to a stub server in a process of its own on the same machine, which answers as WeChat does and nothing else: at once, or after so many ms. It counts calls and connections. A row is an order of 8 fields, about 180 characters of JSON; a result has 4 fields. Over HTTPS its certificate is made for the run and given to n8n with NODE_EXTRA_CA_CERTS.
- **HTTP Request** posts the item as JSON body, all else as it comes: that starts all items at once. It is measured in two ways. **Its fastest way** reads the answer as JSON (Response Format) and has all of the query in the URL, the token too, in the clear: for everybody to read who sees the workflow, and to be replaced by hand every two hours. With **the token in a credential** (Query Auth) n8n reads and decrypts that for each item.
- **Dragged fields**: five fields of the row, each as the editor writes it where it is dragged in from the left (\`={{ $json.code }}\`). n8n works out such expressions one by one; this node reads plain ones from the item. Edit Fields is n8n's own node with the same five fields, which makes no call at all.
- **The bare loop** is a small node that calls n8n's \`this.helpers.httpRequest\`, so many at a time, and does nothing else. **Raw axios** is the same node with n8n's own copy of axios instead of the helper, in n8n's process.
- **Credential reads** are calls of the one method through which n8n reads a credential from its database, counted while the node runs. **Token requests** are those of this node: n8n keeps the token with the credential, restarts included.
- **A long distance** is a proxy before the stub server that holds back what passes for half of 300 ms in each direction, and a new connection for 300 ms.
- **Memory**: a new n8n for every run. "Peak" is the highest resident size of the n8n process while the node runs, as Linux counts it, with the garbage that V8 has not collected yet. "Input and output items" is what is alive, after a full garbage collection, when the node has ended, less what was alive before the rows were made. "Most alive at once" is the highest such figure while the node runs, with full garbage collections all along, in a second run that does nothing else; the ratio is that figure over the items.`;

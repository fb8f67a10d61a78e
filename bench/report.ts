import { format } from 'prettier';
import { describeHttps } from './findings';
import type { MeasuredGroup } from './measure';
import { writeGroup, writeRatios, writeTable } from './table';

/** The tables alone, for the terminal. */
export function writeFigures(groups: MeasuredGroup[]): string {
	return [writeRatios(groups), ...describeHttps(groups), ...groups.map(writeGroup)].join('\n\n');
}

export interface Surroundings {
	/** Name and value: machine, versions, date. */
	machine: Array<[string, string]>;
	/** In the whole bench, restarts of n8n included. */
	tokenRequests: number;
}

/** docs/benchmarks.md */
export async function writeReport(
	groups: MeasuredGroup[],
	{ machine, tokenRequests }: Surroundings,
): Promise<string> {
	const text = `# Benchmarks

What this node costs next to other ways of making the same calls. \`npm run bench\` measures all of it anew and writes this page.

${writeTable(['', ''], machine)}

## The ratios to reach

${writeRatios(groups)}

## How it is measured

${METHOD}
- In the whole bench this node requested a token ${tokenRequests} ${tokenRequests === 1 ? 'time' : 'times'}: n8n keeps the token with the credential, restarts included.

## HTTPS, and when a batch pays

n8n's request helper opens a new connection for every call. Over HTTPS each costs a TLS handshake as well, for this node as for HTTP Request.

${describeHttps(groups).join('\n\n')}

## All figures

${groups.map(writeGroup).join('\n\n')}
`;
	return await format(text, { parser: 'markdown' });
}

const METHOD = `- A real n8n, started with its own database, with the packed package in its folder for community packages. Workflows are published and called by webhook: Webhook → rows → clock → **the node measured** → report. Nothing is saved of a successful execution.
- **Time** is from n8n's own event "node begins" to "node has ended", read from the process's high-resolution clock. The nodes before and after it don't count; what n8n does with the items of any node does. Garbage is collected before the clock starts.
- The cells of a group take turns (A B C A B C …), after a warm-up of all, so that what slows the machine slows all of them. **n8n's processor time** is what its process used meanwhile: it moves less when other programs run.
- The calls go to a stub server in a process of its own on the same machine, which answers as WeChat does and nothing else: at once, or after 50 ms. It counts calls and connections. A row is an order of 8 fields, about 180 characters of JSON; a result has 4 fields. Over HTTPS its certificate is made for the run and given to n8n with NODE_EXTRA_CA_CERTS.
- **HTTP Request** is set up as by hand: POST to the same address, the token in a Query Auth credential, the item as JSON body, all else as it comes. That starts all items at once. "50 items every 50 ms" is its Batching option, which spreads the start of the calls.
- **The bare loop** is a small node that calls n8n's \`this.helpers.httpRequest\`, so many at a time, and does nothing else. **Raw axios** is the same node with n8n's own copy of axios instead of the helper, in n8n's process.
- **Credential reads** are calls of the one method through which n8n reads a credential from its database, counted while the node runs.
- **Memory**: a new n8n for every run. "Peak" is the highest resident size of the n8n process while the node runs, as Linux counts it, with the garbage that V8 has not collected yet. "Input and output items" is what is alive, after a full garbage collection, when the node has ended, less what was alive before the rows were made. "Most alive at once" is the highest such figure while the node runs, with full garbage collections all along, in a second run that does nothing else; the ratio is that figure over the items.`;

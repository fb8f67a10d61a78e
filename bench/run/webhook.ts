/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { request } from 'node:http';

/** What the nodes of this bench tell of one run. Times in ms, sizes in bytes. */
export interface Figures {
	/** From n8n's "node begins" to its "node has ended". */
	timeMs: number;
	/** The same by n8n's own count. */
	executionTimeMs: number;
	/** Processor time of n8n's process meanwhile: less shaken by what else the machine does. */
	cpuMs: number;
	/** How many items came out, and how many of them are errors, or an answer with an errcode. */
	items: number;
	failed: number;
	firstFailure: string;
	/** How often the credential was read from n8n's database. */
	credentialReads: number;
	/** The process without rows, after a garbage collection: resident, and alive. */
	emptyRssBytes: number;
	emptyLiveBytes: number;
	/** Resident as the node began, and at most while it ran. */
	startRssBytes: number;
	peakRssBytes: number;
	/** With `memory`: what the input and the output items take, and the most that was alive at once, the empty process and all. */
	itemsLiveBytes?: number;
	peakLiveBytes?: number;
}

export interface RunRequest {
	rows: number;
	/** Each row carries a file of this size. */
	fileBytes?: number;
	/** Each row names it. */
	environment?: string;
	/** Weighs what is alive, which slows the run. */
	memory?: boolean;
	/** Where to write a CPU profile of the node's run. */
	profileFile?: string;
}

const LONGEST_RUN_MS = 300_000;

/** Runs a workflow to its end; rejects with n8n's answer if that holds no figures. */
export async function callWebhook(
	url: string,
	workflow: string,
	wanted: RunRequest,
	signal: AbortSignal,
): Promise<Figures> {
	const answer = await post(`${url}/webhook/${workflow}`, JSON.stringify(wanted), signal);
	const figures = parseFigures(answer);
	if (figures !== undefined) return figures;
	const start = answer.slice(0, SHOWN_CHARACTERS);
	throw new Error(`${workflow} with ${wanted.rows} items was not measured. n8n answered: ${start}`);
}

const SHOWN_CHARACTERS = 300;

function parseFigures(answer: string): Figures | undefined {
	try {
		const figures = JSON.parse(answer) as Figures;
		return typeof figures.timeMs === 'number' ? figures : undefined;
	} catch {
		return undefined;
	}
}

/** Not with fetch, which gives up after five minutes. */
async function post(address: string, body: string, signal: AbortSignal): Promise<string> {
	return await new Promise<string>((resolve, reject) => {
		const call = request(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_RUN_MS)]),
		});
		call.once('error', reject);
		call.once('response', (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			response.once('end', () => resolve(text));
			response.once('error', reject);
		});
		call.end(body);
	});
}

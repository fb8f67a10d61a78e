export type Json = Record<string, unknown>;

export interface ExecutionError extends Json {
	message: string;
	description?: string | null;
}

export interface OutputItem {
	json: Json;
	/** Its files, by the names of their fields. */
	binary?: Record<string, Json>;
	pairedItem?: unknown;
}

/** One run of one node; in a loop a node has several. */
export interface NodeRun {
	executionStatus: string;
	/** ms */
	executionTime: number;
	/** Per output its items; null or missing: nothing came out there. */
	data?: { main: Array<OutputItem[] | null> };
	error?: ExecutionError;
	hints?: Json[];
}

/** What n8n recorded of one execution. */
export interface Execution {
	/** `success`, `error`, `crashed` … */
	status: string;
	/** Set when the execution as a whole failed. */
	error?: ExecutionError;
	/** The runs of every node that ran, by node name. */
	runData: Record<string, NodeRun[]>;
}

interface RawExecution {
	status?: string;
	data?: { resultData?: { runData?: Record<string, NodeRun[]>; error?: ExecutionError } };
}

/** The json of all items that left a node through one of its outputs (0 is the first), over all its runs. */
export function listItems(execution: Execution, nodeName: string, output = 0): Json[] {
	const runs = execution.runData[nodeName] ?? [];
	return runs.flatMap((run) => run.data?.main[output] ?? []).map((item) => item.json);
}

/** Reads an execution from n8n's own form of it (a snapshot, or what `execute` prints). */
export function toExecution(value: unknown): Execution | undefined {
	const raw = value as RawExecution;
	const result = raw.data?.resultData;
	if (!result?.runData) return undefined;
	const status = raw.status ?? (result.error ? 'error' : 'success');
	return { status, error: result.error, runData: result.runData };
}

/** Finds the JSON objects that n8n prints between its log lines: indented, so only their own braces stand alone. */
export function findPrintedObjects(output: string): unknown[] {
	const lines = output.split('\n');
	const found: unknown[] = [];
	for (let start = lines.indexOf('{'); start >= 0; start = lines.indexOf('{', start + 1)) {
		const end = lines.indexOf('}', start);
		if (end < 0) break;
		const object = parseJson(lines.slice(start, end + 1).join('\n'));
		if (object !== undefined) found.push(object);
	}
	return found;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

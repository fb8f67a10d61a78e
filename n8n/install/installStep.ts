/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import { runProcess } from '../processGroup';

/** npm takes long to clean up a folder that is about to be removed anyway. */
const STOP_GRACE_MS = 500;
const PROGRESS_INTERVAL_MS = 10_000;
const SHOWN_ERROR_LINES = 12;
const NOISE = [
	/^npm (warn|notice)|A complete log of this run|^\s*$/,
	/\s+at .*(:\d+|<anonymous>)\)?$/,
	/gyp (info|http|ERR! (System|command|cwd|node|not ok))/,
];

export type Report = (line: string) => void;

export interface InstallStep {
	/** What is being done, as the start of a sentence. */
	title: string;
	/** What to expect, in brackets behind the title. */
	outlook: string;
	command: string;
	args: string[];
	/** Where things stand, for the line printed every 10 s, from what the program has printed last. */
	describeProgress: (printed: string) => string;
	/** What to do when the step fails. */
	remedy: string;
}

/** Runs one step; rejects with what happened, the end of its error output and what to do. */
export async function runInstallStep(
	step: InstallStep,
	folder: string,
	report: Report,
	signal?: AbortSignal,
): Promise<void> {
	const startedAt = Date.now();
	const elapsedSeconds = () => Math.round((Date.now() - startedAt) / 1000);
	report(`${step.title} (${step.outlook}) ...`);
	let printed = '';
	const progress = setInterval(() => {
		report(`  ${step.title}, ${elapsedSeconds()} s: ${step.describeProgress(printed)}`);
	}, PROGRESS_INTERVAL_MS);
	try {
		const result = await runProcess(step.command, step.args, {
			cwd: folder,
			signal,
			graceMs: STOP_GRACE_MS,
			onOutput: (text) => {
				printed = text;
			},
		});
		if (result.code === 0) return;
		throw new Error(
			[
				`${step.title} failed after ${elapsedSeconds()} s (exit code ${result.code}):`,
				...lastUsefulLines(result.stderr || result.stdout),
				step.remedy,
			].join('\n'),
		);
	} finally {
		clearInterval(progress);
	}
}

function lastUsefulLines(text: string): string[] {
	const lines = text.split('\n').filter((line) => !NOISE.some((noise) => noise.test(line)));
	return lines
		.slice(-SHOWN_ERROR_LINES)
		.map((line) => `  ${line.replace(/^npm error /, '').trimEnd()}`);
}

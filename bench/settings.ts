/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { parseArgs } from 'node:util';
import { CONTESTANTS, type ContestantName } from './plan/contestants';
import { GROUPS, QUICK_GROUPS, type Group } from './plan/groups';

export interface Settings {
	groups: Group[];
	/** Whether the figures are worth keeping for the page: with as many runs as the plan says. */
	isKept: boolean;
	/** The cell whose CPU profile is wanted, instead of figures. */
	profile?: { group: Group; by: ContestantName; rows: number };
}

const USAGE = `npm run bench                          all, about 50 minutes, into docs/benchmarks.md
npm run bench -- --quick               1,000 items, 2 runs each; nothing is kept
npm run bench -- --only 5k             one group, the rest of the page as last measured here: ${GROUPS.map(({ name }) => name).join(', ')}
npm run bench -- --only 1k,5k          several groups
npm run bench -- --only 5k --runs 1    with another number of runs; nothing is kept
npm run bench -- --profile node50:5000 where the time goes: ${Object.keys(CONTESTANTS).join(', ')}`;

const DEFAULT_PROFILE_ROWS = 5000;

/** Throws with how to call the program. */
export function readSettings(args: string[]): Settings {
	const { only, profile, quick, runs } = parse(args);
	if (profile !== undefined) return readProfile(profile);
	if (quick === true) return { groups: QUICK_GROUPS, isKept: false };
	const names = only?.split(',') ?? GROUPS.map(({ name }) => name);
	const chosen = GROUPS.filter(({ name }) => names.includes(name));
	const wantedRuns = Number(runs ?? 1);
	if (chosen.length < names.length || !Number.isInteger(wantedRuns) || wantedRuns < 1) {
		throw explain(args);
	}
	const groups = runs === undefined ? chosen : chosen.map((g) => ({ ...g, runs: wantedRuns }));
	return { groups, isKept: runs === undefined };

	function readProfile(wanted: string): Settings {
		const [by, rows = DEFAULT_PROFILE_ROWS] = wanted.split(':');
		if (!(by in CONTESTANTS) || !(Number(rows) > 0)) throw explain(args);
		const cell = { by: by as ContestantName, rows: Number(rows) };
		const group = { ...GROUPS[0], cells: [cell] };
		return { groups: [group], isKept: false, profile: { group, ...cell } };
	}
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				only: { type: 'string' },
				profile: { type: 'string' },
				quick: { type: 'boolean' },
				runs: { type: 'string' },
			},
		}).values;
	} catch {
		throw explain(args);
	}
}

function explain(args: string[]): Error {
	return new Error(`This bench does not know "${args.join(' ')}".\n\n${USAGE}`);
}

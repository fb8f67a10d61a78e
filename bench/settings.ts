/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { parseArgs } from 'node:util';
import { GROUPS, QUICK_GROUPS, type Group } from './cells';
import { CONTESTANTS, type ContestantName } from './contestants';

export interface Settings {
	groups: Group[];
	/** Only a full run is worth keeping. */
	isFull: boolean;
	/** The cell whose CPU profile is wanted, instead of figures. */
	profile?: { group: Group; by: ContestantName; rows: number };
}

const USAGE = `npm run bench                          all, about 25 minutes, into docs/benchmarks.md
npm run bench -- --quick               1,000 items, 2 runs each; nothing is written
npm run bench -- --only 5k             one group, nothing is written: ${GROUPS.map(({ name }) => name).join(', ')}
npm run bench -- --only 5k --runs 1    the same with another number of runs
npm run bench -- --profile node50:5000 where the time goes: ${Object.keys(CONTESTANTS).join(', ')}`;

const DEFAULT_PROFILE_ROWS = 5000;

/** Throws with how to call the program. */
export function readSettings(args: string[]): Settings {
	const { only, profile, quick, runs } = parse(args);
	if (profile !== undefined) return readProfile(profile);
	if (quick === true) return { groups: QUICK_GROUPS, isFull: false };
	const chosen = GROUPS.filter(({ name }) => only === undefined || name === only);
	const isFull = only === undefined && runs === undefined;
	const wantedRuns = Number(runs ?? 1);
	if (chosen.length === 0 || !Number.isInteger(wantedRuns) || wantedRuns < 1) throw explain(args);
	const groups = runs === undefined ? chosen : chosen.map((g) => ({ ...g, runs: wantedRuns }));
	return { groups, isFull };

	function readProfile(wanted: string): Settings {
		const [by, rows = DEFAULT_PROFILE_ROWS] = wanted.split(':');
		if (!(by in CONTESTANTS) || !(Number(rows) > 0)) throw explain(args);
		const cell = { by: by as ContestantName, rows: Number(rows) };
		const group = { ...GROUPS[0], cells: [cell] };
		return { groups: [group], isFull: false, profile: { group, ...cell } };
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

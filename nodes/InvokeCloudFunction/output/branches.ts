import type { Failure } from '../../../wechat/outcome/failure';

/** The outputs of `errorBranches: byCategory`, in their order. */
export const BRANCHES = [
	'Success',
	'Try Later',
	'Outcome Unknown',
	'Function Error',
	'Fix Setup',
] as const;

export type Branch = (typeof BRANCHES)[number];

/** Where somebody can act on the failure. */
export function chooseBranch({ category, retryable, mayHaveRun }: Failure): Branch {
	if (category === 'function-error') return 'Function Error';
	if (mayHaveRun) return 'Outcome Unknown';
	return retryable ? 'Try Later' : 'Fix Setup';
}

const NAMED = BRANCHES.map((displayName) => ({ type: 'main', displayName }));

/** n8n evaluates it for the node in the editor and for every run. */
export const outputs =
	`={{ $parameter["errorBranches"] === "byCategory" ? ${JSON.stringify(NAMED)} : ["main"] }}` as const;

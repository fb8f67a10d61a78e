import {
	CHECK_FIRST_HINT,
	CONFIGURATION,
	CREDENTIAL,
	FUNCTION,
	NO_SUCH_TARGET,
	UNKNOWN,
	UNKNOWN_OUTCOME,
	type Meaning,
} from './kinds';
import { COMPONENT_HINT } from './providerCodes';
import { INSIDE_HINT } from './sdkCodes';

export interface Family {
	from: number;
	to: number;
	meaning: Meaning;
}

const LOOK_UP_HINT = 'Look up the code on the WeChat developer site.';
const GATE = { ...CONFIGURATION, isGeneral: true, hint: LOOK_UP_HINT } as const;
const UNSURE = { ...UNKNOWN_OUTCOME, isGeneral: true, hint: CHECK_FIRST_HINT } as const;

/**
 * What a code means that is not listed by itself: the first family that holds it. Both ends belong to it.
 * WeChat's own codes of five digits come from the gate of its platform: they prove that no function ran.
 */
// prettier-ignore
export const FAMILIES: readonly Family[] = [
	{ from: 40000, to: 59999, meaning: { ...GATE, what: 'WeChat refused the call before it reached the function' } },
	{ from: 61000, to: 61999, meaning: { ...CREDENTIAL, isGeneral: true, what: "WeChat does not accept the service provider's token or authorization", hint: COMPONENT_HINT } },
	{ from: 89000, to: 89999, meaning: { ...CREDENTIAL, isGeneral: true, what: 'WeChat does not allow this account or IP address', hint: LOOK_UP_HINT } },
	{ from: 60000, to: 69999, meaning: { ...GATE, what: 'WeChat refused the call before it reached the function' } },
	{ from: 80000, to: 89999, meaning: { ...GATE, what: 'WeChat refused the call before it reached the function' } },
	{ from: -401999, to: -401000, meaning: { ...GATE, what: 'CloudBase does not accept the request' } },
	{ from: -403999, to: -402000, meaning: { ...FUNCTION, isGeneral: true, what: 'a database or storage call inside the function failed', hint: INSIDE_HINT } },
	{ from: -405999, to: -404000, meaning: { ...UNSURE, what: 'CloudBase returned no result of the function' } },
	{ from: -501999, to: -501000, meaning: { ...NO_SUCH_TARGET, isGeneral: true, what: 'CloudBase refused the request (a quota, a permission or a parameter)', hint: 'Check the quotas and permissions of the environment in the CloudBase console.' } },
	{ from: -502999, to: -502000, meaning: { ...FUNCTION, what: 'a database call inside the function failed', hint: INSIDE_HINT } },
	{ from: -503999, to: -503000, meaning: { ...FUNCTION, what: 'a storage call inside the function failed', hint: INSIDE_HINT } },
	{ from: -504999, to: -504000, meaning: { ...UNSURE, what: 'CloudBase could not complete the call of the function' } },
	{ from: -601999, to: -601000, meaning: { ...UNSURE, what: 'the CloudBase backend reported an error' } },
	{ from: -602999, to: -602000, meaning: { ...FUNCTION, what: 'a database call inside the function failed', hint: INSIDE_HINT } },
	{ from: -604999, to: -604000, meaning: { ...FUNCTION, what: 'a cloud call inside the function failed', hint: INSIDE_HINT } },
];

export const UNLISTED: Meaning = {
	...UNKNOWN,
	isGeneral: true,
	what: 'WeChat answered with a code this package does not know',
	hint: `${LOOK_UP_HINT} ${CHECK_FIRST_HINT}`,
};

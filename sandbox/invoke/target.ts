import { expectErrcode } from '../expectErrcode';
import { fail, type WholeAnswer } from '../http/answers';
import { refuseEnvironment } from '../accounts/environments';
import { STATUS_EXAMPLES } from '../lists/functionList';
import type { TokenHolder } from '../tokens/tokenStore';

const FUNCTION_NAME = /^[a-zA-Z][a-zA-Z0-9_-]{0,58}[a-zA-Z0-9]$/;
const MISSPELT_NAME_MESSAGE = 'function name foramt invalid'; // WeChat's own spelling

/** What a request says about a name that no function may have. */
export function refuseName(): WholeAnswer {
	return fail(expectErrcode('targetInBody'), MISSPELT_NAME_MESSAGE);
}

export function mayBeFunctionName(name: string): boolean {
	return FUNCTION_NAME.test(name);
}

/** Why a token may not call this function in this environment. */
export function refuseTarget(
	env: string,
	name: string,
	holder: TokenHolder,
	functionNames: readonly string[],
): WholeAnswer | undefined {
	const environmentRefusal = refuseEnvironment(env, holder);
	if (environmentRefusal) return fail(environmentRefusal);
	if (functionNames.includes(name)) return undefined;
	const isListed = STATUS_EXAMPLES.some((listed) => listed.name === name);
	return fail(
		expectErrcode('missingFunction'),
		isListed ? 'FUNCTION_STATUS_ABNORMAL' : 'FUNCTION_NOT_FOUND',
	);
}

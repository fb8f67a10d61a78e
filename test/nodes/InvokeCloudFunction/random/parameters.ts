import type { NodeCase, ToolCase } from './arbitraries';

/** The parameters of a case as the editor would save them. */
export function toParameters(given: NodeCase | ToolCase): Record<string, unknown> {
	const { invoke, batchSize, invocationType, simplify, output, errorBranches } = given;
	const { maxTries, safeToRepeat, concurrency, waitForLimits } = given;
	return {
		...{ invoke, batchSize, invocationType, simplify, output, errorBranches },
		options: {
			...{ maxTries, concurrency, waitForLimits },
			safeToRepeat: safeToRepeat === 'each' ? toExpression(SAFE) : safeToRepeat,
			...(checksResults(given) && { resultCheck: toCheck('code') }),
		},
	};
}

/** The same with the one parameter that fails for some of the items. */
export function breakOne(
	parameters: Record<string, unknown>,
	broken: NodeCase['broken'],
): Record<string, unknown> {
	const whole = { ...parameters, functionName: toExpression('$json.name') };
	if (broken === undefined) return whole;
	if (broken.startsWith('options.')) {
		const options = parameters.options as Record<string, unknown>;
		const name = broken.slice('options.'.length);
		return { ...whole, options: { ...options, [name]: breakOption(name, options[name]) } };
	}
	const value = broken === 'functionName' ? '$json.name' : JSON.stringify(OTHERWISE[broken]);
	return { ...whole, [broken]: failing(value ?? JSON.stringify(parameters[broken])) };
}

function breakOption(name: string, value: unknown): unknown {
	if (name === 'resultCheck') return toCheck(failing('"code"'));
	return failing(value === toExpression(SAFE) ? SAFE : JSON.stringify(value ?? OTHERWISE[name]));
}

export function checksResults(given: NodeCase | ToolCase): boolean {
	return given.hasResultCheck || ('broken' in given && given.broken === 'options.resultCheck');
}

const SAFE = '$json.safe === true';

/** What parameters and options come to where they do not fail and the case says nothing of them. */
const OTHERWISE: Record<string, unknown> = {
	...{ environment: 'shop-demo', requestData: 'allFields', delaySeconds: 6 },
	...{ timeout: 9000, requestsPerSecond: 0, dotNotation: true, invocationIdField: 'iid' },
	...{ largeNumbers: 'string', credentialPerItem: false, includeInputFields: false },
	...{ sendFiles: false, filePath: '', downloadFiles: 'file' },
};

function toCheck(field: string) {
	return { check: { field, successValues: '0' } };
}

function toExpression(code: string): string {
	return `={{ ${code} }}`;
}

/** As an expression fails for an item that can't be traced back. */
function failing(otherwise: string): string {
	return toExpression(`$json.broken ? $("No Such Node").item.json.x : ${otherwise}`);
}

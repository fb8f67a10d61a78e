import { shorten } from '../outcome/redact';

/** The cloud function to invoke. */
export interface Target {
	/** CloudBase environment ID, for example `shop-1a2b3c`. */
	environment: string;
	functionName: string;
}

/** CloudBase's rule for function names, from its documentation of createFunction. */
const FUNCTION_NAME = /^[a-zA-Z][a-zA-Z0-9_-]{0,58}[a-zA-Z0-9]$/;

export interface Problem {
	/** What is wrong, as the end of a sentence. */
	what: string;
	hint: string;
}

/** What makes a target impossible to call, or undefined if nothing does. */
export function findTargetProblem({ environment, functionName }: Target): Problem | undefined {
	if (environment === '') {
		return {
			what: 'the environment is empty',
			hint: 'Choose a CloudBase environment, or enter its ID.',
		};
	}
	if (/\s/.test(environment)) {
		return {
			what: `the environment ID "${shorten(environment, 60)}" holds a space`,
			hint: 'Copy the environment ID from the CloudBase console.',
		};
	}
	// No address can hold one.
	if (/\p{Surrogate}/u.test(environment)) {
		return {
			what: 'the environment ID holds half a character',
			hint: 'Check where it comes from: a text was cut within an emoji or a rare character.',
		};
	}
	if (functionName === '') {
		return {
			what: 'the function name is empty',
			hint: 'Choose a cloud function, or enter its name.',
		};
	}
	if (!FUNCTION_NAME.test(functionName)) {
		return {
			what: 'this is not a name a cloud function can have',
			hint: 'A name has 2 to 60 letters, digits, "-" and "_", starts with a letter and ends with a letter or digit.',
		};
	}
	return undefined;
}

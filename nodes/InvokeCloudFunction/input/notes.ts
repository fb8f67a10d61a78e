/** What came up while the items of a run were read, and is no failure. */
export interface Notes {
	/** How many items were read. */
	items: number;
	/** In how many items a field of `requestFields` had no value, by its name. */
	withoutValue: Map<string, number>;
	/** The request data has a field userInfo. */
	userInfo: boolean;
	/** The field that the invocation's ID took the place of. */
	replacedByInvocationId?: string;
	/** The field that the files took the place of. */
	replacedByFiles?: string;
	/** The field that the address to call back took the place of. */
	replacedByCallback?: string;
	/** A field that was asked for held this node's own failure of an earlier round. */
	ownFailure: boolean;
}

export function openNotes(): Notes {
	return { items: 0, withoutValue: new Map(), userInfo: false, ownFailure: false };
}

/** The notes as hints, each for all items of the run. */
export function listNotes(notes: Notes): string[] {
	const hints: string[] = [];
	for (const [name, count] of notes.withoutValue) {
		hints.push(
			`${name} had no value in ${count} of ${notes.items} ${notes.items === 1 ? 'item' : 'items'} and was not sent. If that is not meant, check the value of the field.`,
		);
	}
	if (notes.userInfo) {
		hints.push(
			'WeChat overwrites the field userInfo of the request data: the function gets { appId } there. Give the field another name to have it arrive.',
		);
	}
	if (notes.replacedByInvocationId !== undefined) {
		hints.push(
			`The invocation ID took the place of the field ${notes.replacedByInvocationId} of the request data. Choose another name in the option Invocation ID Field to have both arrive.`,
		);
	}
	if (notes.replacedByFiles !== undefined) {
		hints.push(
			`The files took the place of the field ${notes.replacedByFiles} of the request data. Choose another name in the option Files Field to have both arrive.`,
		);
	}
	if (notes.replacedByCallback !== undefined) {
		hints.push(
			`The address to call back took the place of the field ${notes.replacedByCallback} of the request data. Choose another name in the option Callback Field to have both arrive.`,
		);
	}
	if (notes.ownFailure) {
		hints.push(
			"The field error held this node's own failure of an earlier round, which is not sent. Give the field another name to have it arrive.",
		);
	}
	return hints;
}

/** For tests: a name that is typed wrongly would otherwise look like a function that never ran. */
export function requireFunction(functionNames: readonly string[], name: string): void {
	if (!functionNames.includes(name)) throw new Error(`The sandbox has no function "${name}".`);
}

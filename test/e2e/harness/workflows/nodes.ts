/** A node as n8n stores it; where it stands does not matter. */
export function buildNode(name: string, type: string, typeVersion: number, extra: object = {}) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters: {}, ...extra };
}

/** The parameters that name a function of the sandbox, or say by an expression which one it is. */
export function nameFunction(functionName: unknown, environment: unknown = 'shop-demo') {
	return {
		environment: { __rl: true, mode: 'id', value: environment },
		functionName: { __rl: true, mode: 'name', value: functionName },
	};
}

import { isPortFree } from '../n8n/ports';

const DEFAULT_PORTS = { N8N_PORT: 5678, SANDBOX_PORT: 5700 } as const;
type PortName = keyof typeof DEFAULT_PORTS;

export interface Settings {
	n8nPort: number;
	sandboxPort: number;
	/** Begin with an empty n8n. */
	fresh: boolean;
}

/** Reads what the caller chose; rejects with what is wrong with it and how to choose otherwise. */
export async function readSettings(
	args: string[],
	env: Record<string, string | undefined>,
): Promise<Settings> {
	const unknown = args.find((arg) => arg !== '--fresh');
	if (unknown) {
		throw new Error(
			`"${unknown}" is not an option. There is one: "npm start -- --fresh" empties the demo's n8n first.`,
		);
	}
	const n8nPort = readPort('N8N_PORT', env);
	const sandboxPort = readPort('SANDBOX_PORT', env);
	if (n8nPort === sandboxPort) {
		throw new Error(`N8N_PORT and SANDBOX_PORT are both ${n8nPort}: choose two different ports.`);
	}
	await requireFreePort(n8nPort, 'n8n', 'N8N_PORT');
	await requireFreePort(sandboxPort, 'the WeChat sandbox', 'SANDBOX_PORT');
	return { n8nPort, sandboxPort, fresh: args.includes('--fresh') };
}

function readPort(name: PortName, env: Record<string, string | undefined>): number {
	const text = env[name];
	if (!text) return DEFAULT_PORTS[name];
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
	throw new Error(`${name} must be a port number from 1 to 65535, not "${text}".`);
}

async function requireFreePort(port: number, user: string, name: PortName): Promise<void> {
	if (await isPortFree(port)) return;
	throw new Error(
		`Port ${port}, meant for ${user}, is already in use. Stop the program that uses it, ` +
			`or choose another port: ${name}=${port + 1} npm start`,
	);
}

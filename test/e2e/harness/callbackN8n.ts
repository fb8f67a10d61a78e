import { makeDemoCredentials } from '../../../demo/credentials';
import type { StoredWorkflow } from '../../../n8n/commands';
import type { N8nServer } from '../../../n8n/server';
import { startFunctionRunner } from '../../../sandbox/runner/functionRunner';
import { SHOP_APP } from '../../engine/accounts';
import { createGate, type Gate } from '../../engine/gate';
import { credentialOf, openRealN8n, readExample, type RealN8n } from './realN8n';
import {
	buildCallbackWorkflow,
	callBack,
	findAddress,
	listTold,
	until,
	type Report,
	type Told,
} from './workflows/callbackWorkflow';

export const CALLBACK_WORKFLOW = 'callback1';
/** The same with n8n's own Wait node behind. */
export const FOLLOWED_WORKFLOW = 'followed1';

/** A real n8n that serves workflows which wait until a function calls back. */
export interface CallbackN8n {
	real: RealN8n;
	gate: Gate;
	example: StoredWorkflow;
	/** Those that startSilent has found. */
	addresses: string[];
	server(): N8nServer;
	/** n8n is killed, and started again. */
	killAndStart(): Promise<void>;
	start(report: Report, workflow?: string): Promise<void>;
	/** Starts an execution whose function does not call by itself; resolves with the address for it. */
	startSilent(id: string, workflow?: string): Promise<string>;
	/** What came out of an execution so far. */
	told(id: string): Told[];
	findTold(id: string): Promise<Told>;
	close(): Promise<void>;
}

export async function openCallbackN8n(): Promise<CallbackN8n> {
	const functions = await startFunctionRunner();
	const gate = createGate(functions);
	const real = await openRealN8n({}, { runner: gate.runner });
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		credentialOf('shop', sandbox.url, SHOP_APP),
		...makeDemoCredentials(sandbox.url),
	]);
	const example = await readExample('long-report.json');
	const wait = { resume: 'webhook', httpMethod: 'POST', options: {} };
	const shop = { id: 'shop', name: 'shop' };
	await n8n.importWorkflows([
		example,
		buildCallbackWorkflow(CALLBACK_WORKFLOW, shop),
		buildCallbackWorkflow(FOLLOWED_WORKFLOW, shop, {
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: wait,
		}),
	]);
	await n8n.publish(CALLBACK_WORKFLOW);
	await n8n.publish(FOLLOWED_WORKFLOW);
	let server = await n8n.start();
	// At once instead of after 6 seconds.
	sandbox.faults.set('echo', { delaySeconds: 0 });
	sandbox.faults.set('monthlyReport', { delaySeconds: 0 });
	const addresses: string[] = [];

	async function start(report: Report, workflow = CALLBACK_WORKFLOW): Promise<void> {
		const address = `${server.url}/webhook/${workflow}`;
		// n8n serves its workflows a moment after it is ready.
		const status = await until(async () => {
			const answered = await callBack(address, JSON.stringify(report));
			return answered === 404 ? undefined : answered;
		});
		expect(status).toBe(200);
	}

	const told = (id: string) => listTold(sandbox.log).filter((each) => each[0] === id);

	return {
		real,
		gate,
		example,
		addresses,
		server: () => server,
		async killAndStart() {
			await server.kill();
			server = await n8n.start();
		},
		start,
		async startSilent(id, workflow) {
			await start({ id, functionName: 'echo' }, workflow);
			const address = await findAddress(gate, id);
			addresses.push(address);
			return address;
		},
		told,
		findTold: async (id) => await until(() => told(id)[0]),
		async close() {
			gate.open();
			await real.close();
			await functions.stop();
		},
	};
}

/** Calls again, as a function does, while the wait is not saved yet or n8n's database is slow to answer. */
export async function callUntilHeard(address: string, ...call: [string?, Record<string, string>?]) {
	return await until(async () => {
		const status = await callBack(address, ...call);
		return status === 409 || status === 503 ? undefined : status;
	});
}

import type { SandboxRequest } from '../../../../sandbox/http/requestLog';
import { storeOf } from '../../../engine/invokeWorkflow';
import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import type { Item, NodeCase, ToolCase } from './arbitraries';
import { createFunctions } from './functions';
import { SHOP_APP } from '../../../engine/accounts';

export type Row = Item & { itemKey: string };

/** WeChat's stand-in and its functions, for many random runs. */
export interface World {
	sandbox: Sandbox;
	/** How often the function was started for an item. */
	countRuns(row: Row): number;
	/** Runs what WeChat has been told to run later. */
	runLater(): Promise<void>;
	/** The calls that were made for an item alone. */
	listCalls(row: Row): SandboxRequest[];
	/** Makes everything as the case wants it; the rows have keys that no other run has. */
	prepare(given: NodeCase | ToolCase): Prepared;
	close(): Promise<void>;
}

interface Prepared {
	rows: Row[];
	store: ReturnType<typeof storeOf>;
}

const LATER_MS = 10_000;

export async function openWorld(): Promise<World> {
	const { runner, runs } = createFunctions();
	let aheadMs = 0;
	const sandbox = await startSandbox({ runner, now: () => Date.now() + aheadMs });
	let number = 0;
	return {
		sandbox,
		countRuns: ({ itemKey }) => runs(itemKey),
		async runLater() {
			aheadMs += LATER_MS;
			await sandbox.delayedTasks.runDue();
		},
		listCalls: ({ itemKey }) =>
			sandbox.log.filter(({ key, method }) => key === itemKey && method !== undefined),
		prepare(given) {
			number += 1;
			const { source, tokenFault, functionFault, expiresAfter, atOnce } = given;
			sandbox.tokens.expireAll();
			const token = sandbox.tokens.issue(SHOP_APP.appId);
			sandbox.faults.clear();
			// Whoever refuses says what was sent.
			const refuse = (name: string, fault: object | undefined, sent: string) => {
				if (fault) sandbox.faults.set(name, plain({ ...fault, errmsg: `not with ${sent}` }));
			};
			refuse('stable_token', tokenFault, SHOP_APP.appSecret);
			// Another token may be in use by then than the one from WeChat.
			refuse('each', functionFault, source === 'fixed' ? token : 'yours');
			sandbox.limits.set('shop-demo', plain({ atOnce }));
			sandbox.tokens.expireAfter(expiresAfter ?? 1_000_000);
			return {
				rows: given.items.map((item, i) => plain({ ...item, itemKey: `${number}/${i}` })),
				store: storeOf(sandbox.url, {
					...SHOP_APP,
					...(source === 'fixed' && { source, fixedToken: token }),
				}),
			};
		},
		close: async () => await sandbox.close(),
	};
}

/** Without what is undefined, as data that has been saved. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

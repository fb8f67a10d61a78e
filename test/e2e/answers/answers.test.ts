import { BRANCHES } from '../../../nodes/InvokeCloudFunction/output/branches';
import { listItems, type Execution } from '../../../n8n/execution';
import { startScriptedServer, type ScriptedServer } from '../../engine/scriptedServer';
import { FIELD_ANSWERS } from '../harness/workflows/fieldAnswers';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from '../harness/realN8n';
import { buildRowsWorkflow } from '../harness/workflows/rowsWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const CALLS = '/tcb/invokecloudfunction';

let real: RealN8n;
let wechat: ScriptedServer;
let execution: Execution;

beforeAll(async () => {
	wechat = await startScriptedServer({
		[CALLS]: ({ body }) => FIELD_ANSWERS[String(body.id)].answer,
	});
	real = await openRealN8n();
	// A token for each, so that no item is given up for what another was answered.
	const fields = { source: 'fixed', fixedToken: "={{ 'sandbox-dummy-' + $json.number }}" };
	await real.n8n.importCredentials([credentialOf('fixed', wechat.url, fields)]);
	await real.n8n.importWorkflows([
		buildRowsWorkflow({
			id: 'answers1',
			credentialId: 'fixed',
			rows: Object.keys(FIELD_ANSWERS).map((id, number) => ({ id, number })),
			parameters: {
				errorBranches: 'byCategory',
				options: { maxTries: 1, credentialPerItem: true, waitForLimits: 0 },
			},
		}),
	]);
	execution = await real.n8n.execute('answers1');
}, OPEN_TIMEOUT_MS);

afterAll(async () => await Promise.all([real.close(), wechat.close()]));

test('every item is accounted for', () => {
	const items = BRANCHES.flatMap((_, i) => listItems(execution, 'Invoke', i));
	expect(items).toHaveLength(Object.keys(FIELD_ANSWERS).length);
});

test.each(Object.entries(FIELD_ANSWERS))('%s', (id, { branch, shows }) => {
	const items = listItems(execution, 'Invoke', BRANCHES.indexOf(branch));
	const expected =
		branch === 'Success'
			? expect.objectContaining(shows)
			: expect.objectContaining({ id, error: expect.objectContaining(shows) });
	expect(items).toContainEqual(expected);
});

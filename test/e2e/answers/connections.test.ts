import { listItems, type Execution, type Json } from '../../../n8n/execution';
import { openInstance } from '../../../n8n/instance';
import { startScriptedServer, type ScriptedServer } from '../../engine/scriptedServer';
import {
	startHangingUp,
	startSilent,
	startUntrusted,
	type DeafServer,
} from '../harness/servers/deafServers';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from '../harness/realN8n';
import { buildRowsWorkflow } from '../harness/workflows/rowsWorkflow';
import { testSince } from '../harness/testSince';

jest.setTimeout(TEST_TIMEOUT_MS);

let real: RealN8n;
let wechat: ScriptedServer;
let deaf: DeafServer[];
let errors: Map<unknown, Json>;
let guarded: Json[];

const readErrors = (execution: Execution) => listItems(execution, 'Error');

beforeAll(async () => {
	const reset = { resets: true };
	const fine = { body: { errcode: 0, errmsg: 'ok', resp_data: '1' } };
	wechat = await startScriptedServer({
		'/tcb/invokecloudfunction': ({ body }) => (body.id === 'a reset' ? reset : fine),
	});
	deaf = await Promise.all([startSilent(), startHangingUp(), startUntrusted()]);
	const [silent, hangingUp, untrusted] = deaf;
	const rows = [
		{ id: 'nobody listens', host: 'http://127.0.0.1:1' },
		{ id: 'no such name', host: 'http://no-such-host.invalid' },
		{ id: 'never connected', host: silent.url },
		{ id: 'hung up before TLS', host: hangingUp.url },
		{ id: 'an untrusted certificate', host: untrusted.url },
		{ id: 'no TLS', host: wechat.url.replace('http:', 'https:') },
		{ id: 'a reset', host: wechat.url },
	];
	real = await openRealN8n();
	const { n8n, installation } = real;
	await n8n.importCredentials([
		credentialOf('perItem', '={{ $json.host }}', {
			source: 'fixed',
			fixedToken: "={{ 'sandbox-dummy-' + $json.id }}",
		}),
	]);
	const options = { maxTries: 1, timeout: 3000, credentialPerItem: true };
	const parameters = { options };
	const build = (id: string, some: unknown[]) =>
		buildRowsWorkflow({ id, credentialId: 'perItem', rows: some, parameters });
	await n8n.importWorkflows([
		build('connections1', rows),
		build('guarded1', [{ id: 'guarded', host: wechat.url }]),
	]);
	errors = new Map(readErrors(await n8n.execute('connections1')).map((item) => [item.id, item]));
	const settings = { N8N_SSRF_PROTECTION_ENABLED: 'true' };
	const guard = await openInstance({ installation, userFolder: n8n.userFolder, settings });
	guarded = readErrors(await guard.execute('guarded1'));
}, OPEN_TIMEOUT_MS);

afterAll(async () => {
	await Promise.all([
		real.close(),
		wechat.close(),
		...deaf.map(async ({ close }) => await close()),
	]);
});

const TRY_AGAIN = { category: 'temporarily-unavailable', mayHaveRun: false, retryable: true };

test.each(['nobody listens', 'no such name', 'hung up before TLS'])(
	'%s: nothing was sent, so the function has not run and the item can run again',
	(id) => expect(errors.get(id)?.error).toMatchObject(TRY_AGAIN),
);

testSince(
	{ n8n: '2.41', because: 'older versions of n8n do not hand on whether a request was sent' },
	'a connection that never came about in time: nothing was sent',
	() => expect(errors.get('never connected')?.error).toMatchObject(TRY_AGAIN),
);

test.each([
	['an untrusted certificate', /NODE_EXTRA_CA_CERTS.*clock/],
	['no TLS', /https or http/],
])('%s: nothing was sent, and the hint says what to change', (id, hint) => {
	expect(errors.get(id)?.error).toMatchObject({
		category: 'configuration-invalid',
		mayHaveRun: false,
		hint: expect.stringMatching(hint),
	});
});

test('a connection that breaks after the request may have run the function', () => {
	expect(errors.get('a reset')?.error).toMatchObject({
		category: 'outcome-unknown',
		mayHaveRun: true,
	});
});

testSince(
	{ n8n: '2.12', because: 'n8n has its SSRF protection since 2.12' },
	"n8n's own SSRF protection: nothing was sent, and the message names it",
	() => {
		expect(guarded).toEqual([
			expect.objectContaining({
				error: expect.objectContaining({
					category: 'configuration-invalid',
					mayHaveRun: false,
					message: expect.stringContaining("n8n's SSRF protection blocks this address"),
				}),
			}),
		]);
	},
);

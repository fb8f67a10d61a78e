import {
	closeCredential,
	createCredential,
	editCredential,
	fillCredential,
	findForm,
	saveCredential,
} from './harness/credentialForm';
import { openWorkflow } from './harness/canvas';
import { fillParameter, openNode } from './harness/nodeView';
import { buildOrdersWorkflow, INVOKE_NODE } from './harness/ordersWorkflow';
import { openRealEditor, type RealEditor } from './harness/realEditor';
import { credentialOf, OPEN_TIMEOUT_MS, TEST_TIMEOUT_MS } from '../e2e/harness/realN8n';
import { SHOP_APP } from '../engine/accounts';

jest.setTimeout(TEST_TIMEOUT_MS);

const GREEN = 'Connection tested successfully';

let editor: RealEditor;

beforeAll(async () => {
	editor = await openRealEditor(async ({ n8n, sandbox }) => {
		// Where there is none at all, the editor shows no list to create one from.
		await n8n.importCredentials([credentialOf('other', sandbox.url, SHOP_APP)]);
		await n8n.importWorkflows([
			buildOrdersWorkflow('credential1', 'Change a credential', { parameters: {} }),
		]);
	});
	const { page, url, sandbox } = editor;
	await openWorkflow(page, url, 'credential1');
	await openNode(page, INVOKE_NODE);
	await createCredential(page);
	await fillCredential(page, { ...SHOP_APP, customApiHost: sandbox.url });
	await saveCredential(page);
	await findForm(page).waitFor({ state: 'hidden' });
}, OPEN_TIMEOUT_MS);

afterAll(async () => await editor.close());

const wrong: Array<[string, string, string]> = [
	['appSecret', 'sandbox-dummy-wrong', 'The AppSecret is wrong.'],
	['appId', 'wx-sandbox-nobody', 'The App ID is wrong.'],
	['customApiHost', 'http://127.0.0.1:1', 'WeChat could not be reached for a token.'],
];

test.each(wrong)(
	'a wrong %s, typed into a credential that was green, is told: when it is saved and when it is opened again',
	async (field, typed, message) => {
		const { page, sandbox } = editor;
		await editCredential(page);
		await findForm(page).getByText(GREEN).waitFor();

		await fillParameter(page, field, typed);
		await saveCredential(page);
		await findForm(page).getByText('More details').click();
		await findForm(page).getByText(message).waitFor();

		await closeCredential(page);
		await editCredential(page);
		await findForm(page).getByText('More details').click();
		await findForm(page).getByText(message).waitFor();
		expect(await findForm(page).getByText(GREEN).isVisible()).toBe(false);

		const right: Record<string, string> = { ...SHOP_APP, customApiHost: sandbox.url };
		await fillParameter(page, field, right[field]);
		await saveCredential(page);
		await findForm(page).getByText(GREEN).waitFor();
		await closeCredential(page);
	},
);

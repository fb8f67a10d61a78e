import {
	addNodeBehind,
	awaitNoNotice,
	findNode,
	listOutputs,
	openWorkflow,
	searchNodes,
} from './harness/canvas';
import {
	closeCredential,
	createCredential,
	editCredential,
	fillCredential,
	findDialog,
	findForm,
	saveCredential,
} from './harness/credentialForm';
import {
	chooseOption,
	closeNode,
	dragField,
	executePreviousNodes,
	executeStep,
	fillParameter,
	findDroppedFields,
	findListEntries,
	findNodeView,
	findOutput,
	followArrow,
	listColumns,
	openList,
	openNode,
	openOutput,
	openTab,
	pickEntry,
	showAs,
} from './harness/nodeView';
import {
	buildOrdersWorkflow,
	callFunction,
	CREDENTIAL,
	INVOKE_NODE,
	ORDERS_NODE,
} from './harness/ordersWorkflow';
import { takePicture } from './harness/pictures';
import { openRealEditor, type RealEditor } from './harness/realEditor';
import { credentialOf, OPEN_TIMEOUT_MS, TEST_TIMEOUT_MS } from '../e2e/harness/realN8n';
import { SHOP_APP } from '../engine/accounts';

jest.setTimeout(TEST_TIMEOUT_MS);

let editor: RealEditor;

beforeAll(async () => {
	editor = await openRealEditor(async ({ n8n, sandbox }) => {
		await n8n.importCredentials([
			{ ...credentialOf('shop', sandbox.url, SHOP_APP), ...CREDENTIAL },
		]);
		await n8n.importWorkflows([
			buildOrdersWorkflow('search1', 'Find the node'),
			buildOrdersWorkflow('credential1', 'Enter a credential', { parameters: {} }),
			buildOrdersWorkflow('drag1', 'Drag fields in', callFunction('echo')),
			buildOrdersWorkflow('pick1', 'Pick a function', { ...callFunction(''), parameters: {} }),
			buildOrdersWorkflow('branches1', 'Price the orders', callFunction('orderTotal')),
			buildOrdersWorkflow('categories1', 'Price the orders', callFunction('orderTotal')),
		]);
	});
}, OPEN_TIMEOUT_MS);

afterAll(async () => await editor.close());

test.each(['wechat', '云函数'])('the node is found by "%s"', async (text) => {
	const { page, url } = editor;
	await openWorkflow(page, url, 'search1');
	expect(await searchNodes(page, text, INVOKE_NODE)).toContain(INVOKE_NODE);
});

test('it is added behind another node, and shows the fields of that node', async () => {
	const { page, url } = editor;
	await openWorkflow(page, url, 'search1');
	await addNodeBehind(page, ORDERS_NODE, 'wechat', INVOKE_NODE);
	await executePreviousNodes(page);
	await page.getByTestId('ndv-input-panel').getByText('customer', { exact: true }).waitFor();
	await closeNode(page);
});

test('a credential with a wrong AppSecret says so, and one with the right AppSecret is green', async () => {
	const { page, url, sandbox } = editor;
	await openWorkflow(page, url, 'credential1');
	await openNode(page, INVOKE_NODE);
	await createCredential(page);
	await fillCredential(page, {
		...SHOP_APP,
		appSecret: 'sandbox-dummy-wrong',
		customApiHost: sandbox.url,
	});
	await saveCredential(page);
	await findForm(page).getByText('More details').click();
	await findForm(page)
		.getByText('The AppSecret is wrong. Copy the AppSecret from the WeChat console')
		.waitFor();
	await awaitNoNotice(page);
	await takePicture(findDialog(page), 'credential-refused');

	await fillParameter(page, 'appSecret', SHOP_APP.appSecret);
	await saveCredential(page);
	await findForm(page).waitFor({ state: 'hidden' });
	await editCredential(page);
	await findForm(page).getByText('Connection tested successfully').waitFor();
	await closeCredential(page);
	await closeNode(page);
});

test('fields dragged in from the input, and no others, are what the function gets', async () => {
	const { page, url } = editor;
	await openWorkflow(page, url, 'drag1');
	await openNode(page, INVOKE_NODE);
	await executePreviousNodes(page);
	await chooseOption(page, 'requestData', 'Fields');
	await dragField(page, 'order');
	await dragField(page, 'items');
	expect(await findDroppedFields(page).count()).toBe(2);
	await executeStep(page);
	await showAs(page, 'table');
	await findOutput(page).locator('th').getByText('userInfo').waitFor();
	expect(await listColumns(page)).toEqual(['order', 'items', 'userInfo']);
	await closeNode(page);
});

test('environment and function are picked from what the credential can list', async () => {
	const { page, url } = editor;
	await openWorkflow(page, url, 'pick1');
	await openNode(page, INVOKE_NODE);
	await openList(page, 'environment');
	await pickEntry(page, 'Shop (shop-demo)');
	await openList(page, 'functionName');
	const entries = await findListEntries(page).allInnerTexts();
	expect(entries.map((entry) => entry.trim())).toEqual(
		expect.arrayContaining(['echo', 'orderTotal', 'signUp', 'oldReport (broken: CreateFailed)']),
	);
	await takePicture(page.getByTestId('node-parameters'), 'function-list');
	await pickEntry(page, 'orderTotal');
	const address = 'https://tcb.cloud.tencent.com/dev?envId=shop-demo#';
	expect(await followArrow(page, 'environment')).toBe(`${address}/overview`);
	const detail = `${address}/scf/detail?id=orderTotal&NameSpace=shop-demo`;
	expect(await followArrow(page, 'functionName')).toBe(detail);
	await closeNode(page);
	await findNode(page, INVOKE_NODE).getByText('orderTotal · shop-demo').waitFor();
});

test('On Error in the Settings gives the node an Error branch, where the item and its error are', async () => {
	const { page, url } = editor;
	await openWorkflow(page, url, 'branches1');
	await openNode(page, INVOKE_NODE);
	await openTab(page, 'settings');
	await chooseOption(page, 'onError', 'Continue (using error output)');
	await openTab(page, 'params');
	await executePreviousNodes(page);
	await executeStep(page);

	await openOutput(page, 'Success Branch (3 items)');
	await showAs(page, 'table');
	for (const total of ['85', '159', '59.6']) {
		await findOutput(page).getByRole('cell', { name: total, exact: true }).last().waitFor();
	}
	await awaitNoNotice(page);
	await takePicture(findNodeView(page), 'node');

	await openOutput(page, 'Error Branch (1 item)');
	await showAs(page, 'schema');
	const output = findOutput(page);
	for (const text of ['A-1003', '"orderTotal" ran and failed', '-504002', 'function-error']) {
		await output.getByText(text).first().waitFor();
	}
	await takePicture(page.getByTestId('output-panel'), 'error-branch');

	await closeNode(page);
	expect(await listOutputs(page, INVOKE_NODE)).toEqual(['Success', 'Error']);
});

test('Error Branches By Category gives the node five outputs', async () => {
	const { page, url } = editor;
	await openWorkflow(page, url, 'categories1');
	await openNode(page, INVOKE_NODE);
	await chooseOption(page, 'errorBranches', 'By Category');
	await closeNode(page);
	await findNode(page, INVOKE_NODE).getByText('Fix Setup').waitFor();
	expect(await listOutputs(page, INVOKE_NODE)).toEqual([
		'Success',
		'Try Later',
		'Outcome Unknown',
		'Function Error',
		'Fix Setup',
	]);
});

test('after all of these the editor has reported no error of its own', () => {
	expect(editor.pageErrors).toEqual([]);
});

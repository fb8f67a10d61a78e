import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';
import { PROVIDER, SHOP_APP } from '../../../engine/accounts';
import { useFreshSandbox, type Sandbox } from '../../../engine/sandbox';
import { itemsWithFiles, makeFile, readFile } from './storedFiles';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const CUSTOMER = {
	authorizerAppId: 'wx-sandbox-customer-a',
	authorizerRefreshToken: 'sandbox-dummy-refresh-a',
};

describe.each([
	['accessToken', 'shop-demo', SHOP_APP, '/tcb'],
	['authorizerAccessToken', 'customer-a-demo', { ...PROVIDER, ...CUSTOMER }, '/tcb'],
	['componentAccessToken', 'provider-demo', PROVIDER, '/componenttcb'],
])('with the token of the mode %s', (mode, environment, fields, root) => {
	const run = async (step: object, options: object) =>
		await runInvoke({
			store: storeOf(sandbox.url, { mode, ...fields }),
			rows: [{ id: 1 }],
			...step,
			parameters: { environment, options },
		});
	const asked = (name: string) =>
		sandbox.log.map(({ path }) => path).filter((path) => path.endsWith(`/${name}`));

	test('a file goes into the storage of the environment', async () => {
		const file = await makeFile(Buffer.from('the file'), 'a.txt', 'text/plain');
		const { success } = await run({ binary: { file } }, { sendFiles: true });
		expect(success).toMatchObject([{ files: { file: { fileName: 'a.txt' } } }]);
		expect(sandbox.storage.list()).toMatchObject([{ env: environment, bytes: 8 }]);
		expect(asked('uploadfile')).toEqual([`${root}/uploadfile`]);
	});

	test('a file comes back from there', async () => {
		const report = await sandbox.storage.put(environment, 'a.csv', Buffer.from('1,2'));
		const { run: result } = await run(
			{ rows: [{ reply: { report } }] },
			{ downloadFiles: 'report' },
		);
		const [{ binary }] = itemsWithFiles(result, 'Success');
		expect((await readFile(binary?.report)).toString()).toBe('1,2');
		expect(asked('batchdownloadfile')).toEqual([`${root}/batchdownloadfile`]);
	});
});

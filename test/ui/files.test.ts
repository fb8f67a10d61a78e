import { createHash, randomBytes } from 'node:crypto';
import type { StoredWorkflow } from '../../n8n/commands';
import { makeDemoCredentials } from '../../demo/credentials';
import { OPEN_TIMEOUT_MS, readExample, TEST_TIMEOUT_MS } from '../e2e/harness/realN8n';
import { openRealEditor, type RealEditor } from './harness/realEditor';

jest.setTimeout(TEST_TIMEOUT_MS);

const MB = 1024 * 1024;
const PHOTO = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(20 * MB)]);

/** The example, whose last page shows what the function found out about every byte. */
async function readFormWithPhoto(): Promise<StoredWorkflow> {
	const workflow = await readExample('form-with-photo.json');
	const thanks = workflow.nodes.find(({ name }) => name === 'Photo Received');
	Object.assign(thanks?.parameters as object, {
		completionMessage: '={{ $json.fileName }} {{ $json.bytes }} {{ $json.sha256 }}',
	});
	return workflow;
}

describe.each([
	['on disk', 'filesystem'],
	['in memory', 'default'],
])('where n8n keeps files %s', (_, mode) => {
	let editor: RealEditor;
	beforeAll(async () => {
		const prepare = async ({ n8n, sandbox }: Pick<RealEditor, 'n8n' | 'sandbox'>) => {
			const workflow = await readFormWithPhoto();
			await n8n.importCredentials(makeDemoCredentials(sandbox.url));
			await n8n.importWorkflows([workflow]);
			await n8n.publish(workflow.id);
		};
		editor = await openRealEditor(prepare, { N8N_DEFAULT_BINARY_DATA_MODE: mode });
	}, OPEN_TIMEOUT_MS);
	afterAll(async () => await editor.close());

	test('a photo of 20 MB with a Chinese name goes from the form to the function, byte for byte', async () => {
		const { page, url, sandbox } = editor;
		await page.goto(`${url}/form/wechat-photo`);
		await page.getByLabel('Parcel number').fill('SF1234567890');
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: '损坏的包裹 三.jpg', mimeType: 'image/jpeg', buffer: PHOTO });
		await page.getByRole('button', { name: 'Send' }).click();
		const sha256 = createHash('sha256').update(PHOTO).digest('hex');
		await page.getByText(`损坏的包裹 三.jpg ${PHOTO.length} ${sha256}`).waitFor();
		expect(sandbox.storage.list()).toMatchObject([
			{ env: 'shop-demo', bytes: PHOTO.length, sha256, contentType: 'image/jpeg' },
		]);
		expect(sandbox.storage.list()[0].path).toMatch(/^n8n\/.*\/损坏的包裹_三\.jpg$/);
	});
});

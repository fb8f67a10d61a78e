/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import express from 'express';
import { startSandbox, type Sandbox } from '../../sandbox/server';

const SECRET = 'sandbox-dummy-secret';
const project = path.join(__dirname, '..', '..');

let sandbox: Sandbox;
const closeServers: Array<() => void> = [];
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	closeServers.forEach((close) => close());
	await sandbox.close();
});

/** `npm run live` against this address: what it printed, and the page it wrote. */
async function checkLive(host: string): Promise<{ printed: string; page: string }> {
	const file = path.join(await mkdtemp(path.join(tmpdir(), 'live-evidence-')), 'evidence.md');
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['scripts/run.mjs', 'live/main.ts', '--yes'],
		{
			cwd: project,
			env: {
				...process.env,
				WECHAT_APP_ID: 'wx-sandbox-shop',
				WECHAT_APP_SECRET: SECRET,
				WECHAT_ENVIRONMENT: 'shop-demo',
				// Set and empty, as in a file of settings: as if not set.
				WECHAT_FUNCTION: '',
				WECHAT_API_HOST: host,
				EVIDENCE_FILE: file,
			},
		},
	);
	return { printed: stdout, page: await readFile(file, 'utf8') };
}

/** The ids would do, but a reader sees the questions. */
function listQuestions(page: string, verdict: string): string[] {
	return page
		.split('\n')
		.map((line) => line.split(' | '))
		.filter((cells) => cells[1] === verdict)
		.map(([question]) => question.replace(/^\| /, ''));
}

test('against the sandbox every fact that can be tried holds, and nothing secret is written', async () => {
	const { printed, page } = await checkLive(sandbox.url);
	expect(printed).toContain('22 hold, 0 differ, 2 not tried');
	expect(listQuestions(page, 'not tried')).toEqual([
		'How soon does a "system error" (-1) come?',
		'Which of the other hosts serve /tcb?',
	]);
	for (const secret of [SECRET, 'wx-sandbox-shop', 'shop-demo']) {
		expect(printed + page).not.toContain(secret);
	}
}, 60_000);

test('a service that differs in three facts is reported with exactly those three', async () => {
	const { page } = await checkLive(await startDifferentService(sandbox.url));
	expect(listQuestions(page, 'differs')).toEqual([
		"May a mini program's own token read the list of environments?",
		'What does a function that returns null look like?',
		'What does a function that throws look like?',
	]);
}, 60_000);

/** The sandbox, with other answers for the list of environments, for null and for a thrown error. */
async function startDifferentService(sandboxUrl: string): Promise<string> {
	const app = express();
	app.use(express.text({ type: () => true, limit: '2mb' }));
	app.use(async (request, response) => {
		const body = typeof request.body === 'string' ? request.body : '';
		if (request.path === '/tcb/getenvinfo') {
			response.json({ errcode: 48001, errmsg: 'api unauthorized' });
		} else if (body === '{"kind":"null"}') {
			response.json({ errcode: 0, errmsg: 'ok', resp_data: '' });
		} else if (body === '{"kind":"throw"}') {
			response.json({ errcode: 0, errmsg: 'ok', resp_data: '{"errorCode":1,"errorMessage":"x"}' });
		} else {
			const { method } = request;
			const answer = await fetch(sandboxUrl + request.originalUrl, { method, body });
			response.status(answer.status).send(await answer.text());
		}
	});
	const server = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	closeServers.push(() => server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

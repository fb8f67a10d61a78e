/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as pause } from 'node:timers/promises';
import type { N8nServer } from '../../../n8n/server';
import { logIn, type Session } from '../../../n8n/session';
import { writeMessage, type MessageFields } from '../../../sandbox/openPlatform/pushes/messages';
import { sealPush, type SealedPush } from '../../../sandbox/openPlatform/pushes/seal';
import { openOwnSession, owner } from './owner';
import { credentialOf, openRealN8n, type RealN8n } from './realN8n';
import {
	buildTriggerWorkflow,
	COMPONENT,
	findEventUrl,
	platformCredential,
} from './workflows/triggerWorkflow';
import { SHOP_APP } from '../../engine/accounts';

const POLL_MS = 50;
const START_SECONDS = Math.floor(Date.now() / 1000);
export const OTHER_KEY = 'SandboxDummyEncodingAesKeyOfTheOffice012345';

export const SUCCESS = { status: 200, text: 'success' };

/** Anything may be pushed: what WeChat sends, and what it never would. */
interface Pushed {
	query: Record<string, string>;
	body: unknown;
}

interface Sending {
	workflowId?: string;
	headers?: Record<string, string>;
}

interface TriggerStep {
	id: string;
	credentialId: 'platform' | 'changed' | 'broken';
	events?: string[];
}

/** An n8n whose workflows start with the trigger. The first of them receives what the sandbox pushes. */
export interface TriggerN8n {
	real: RealN8n;
	session(): Session;
	send(push: Pushed, to?: Sending): Promise<{ status: number; text: string }>;
	/** How often a workflow went on with the item. */
	countRuns(item: object): number;
	waitForRun(item: object, count?: number): Promise<void>;
	/** How many times a workflow was started. n8n lists 100 at most. */
	countStarts(workflowId: string): Promise<number>;
	/** Sends a push that starts the workflow, so that what was sent before it has been dealt with. */
	sendMarker(workflowId: string): Promise<void>;
	restart(): Promise<void>;
}

export async function openTriggerN8n(steps: TriggerStep[]): Promise<TriggerN8n> {
	const real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		credentialOf('shop', sandbox.url, SHOP_APP),
		platformCredential('platform'),
		platformCredential('changed', {
			encodingAesSecretKey: OTHER_KEY,
			previousEncodingAesSecretKey: COMPONENT.encodingAesKey,
		}),
		platformCredential('broken', { encodingAesSecretKey: 'dummy' }),
	]);
	await n8n.importWorkflows(
		steps.map((step) => buildTriggerWorkflow({ ...step, invokeCredentialId: 'shop' })),
	);
	let server: N8nServer = await n8n.start();
	let session: Session = await openOwnSession(server.url);
	for (const { id } of steps) {
		await publish(session, id);
		await waitUntilListening(findEventUrl(server.url, id));
	}
	sandbox.pushes.setEventUrl(COMPONENT.appId, findEventUrl(server.url, steps[0].id));

	async function send(push: Pushed, to: Sending = {}) {
		const url = new URL(findEventUrl(server.url, to.workflowId ?? steps[0].id));
		for (const [key, value] of Object.entries(push.query)) url.searchParams.set(key, value);
		const answer = await fetch(url, {
			method: 'POST',
			// Of its own: a connection with a body that was cut short is of no use to the next request.
			headers: { connection: 'close', ...(to.headers ?? { 'content-type': 'text/xml' }) },
			body: push.body,
			// Node's own, for a body that comes in pieces.
			duplex: 'half',
		} as RequestInit);
		return { status: answer.status, text: await answer.text() };
	}

	const countRuns = (item: object) => sandbox.runs('echo', JSON.stringify(item));

	async function waitForRun(item: object, count = 1) {
		while (countRuns(item) < count) await pause(POLL_MS);
	}

	return {
		real,
		session: () => session,
		send,
		countRuns,
		waitForRun,
		async countStarts(workflowId) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const path = `/executions?filter=${filter}&limit=100`;
			const { results } = (await session.request('GET', path)) as { results: unknown[] };
			return results.length;
		},
		async sendMarker(workflowId) {
			const { text, item } = makeMessage();
			expect(await send(seal(text), { workflowId })).toEqual(SUCCESS);
			await waitForRun(item);
		},
		async restart() {
			await server.stop();
			server = await n8n.start();
			session = await logIn(server.url, owner);
		},
	};
}

/** What the editor's "Publish" button does: one n8n command for each workflow would take far longer. */
async function publish(session: Session, workflowId: string): Promise<void> {
	const { versionId } = (await session.request('GET', `/workflows/${workflowId}`)) as {
		versionId: string;
	};
	await session.request('POST', `/workflows/${workflowId}/activate`, { versionId });
}

/** A published workflow starts to listen some time later. What is no push starts nothing. */
async function waitUntilListening(url: string): Promise<void> {
	while ((await fetch(url, { method: 'POST' })).status === 404) await pause(POLL_MS);
}

let messages = 0;

/** A message that no other test sends, and the item it becomes. */
export function makeMessage(infoType = 'authorized', change: MessageFields = {}) {
	messages += 1;
	const CreateTime = START_SECONDS - messages;
	const fields = { AppId: COMPONENT.appId, CreateTime, InfoType: infoType, ...change };
	const item = { infoType, appId: COMPONENT.appId, createTime: CreateTime };
	return { text: writeMessage(fields), item };
}

export function seal(
	text: string,
	change: Partial<typeof COMPONENT> = {},
	secondsOff = 0,
): SealedPush {
	const timestamp = Math.floor(Date.now() / 1000) + secondsOff;
	return sealPush(text, { ...COMPONENT, ...change }, timestamp);
}

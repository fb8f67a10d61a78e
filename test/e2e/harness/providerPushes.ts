import type { Sandbox } from '../../../sandbox/server';
import { writeMessage } from '../../../sandbox/openPlatform/pushes/messages';
import { sealPush } from '../../../sandbox/openPlatform/pushes/seal';
import { openPush, startReceiver } from '../../sandbox/openPlatform/receiver';
import { COMPONENT } from './workflows/triggerWorkflow';

/**
 * Has a customer authorize, then change that, and holds both pushes back: their messages, with the times
 * given. Later pushes go to the event URL again.
 */
export async function holdPushes(
	{ pushes }: Sandbox,
	appId: string,
	times: readonly [number, number],
	eventUrl: string,
): Promise<string[]> {
	const receiver = await startReceiver();
	pushes.setEventUrl(COMPONENT.appId, receiver.url);
	await pushes.authorize(COMPONENT.appId, appId);
	await pushes.updateAuthorization(COMPONENT.appId, appId);
	await receiver.close();
	pushes.setEventUrl(COMPONENT.appId, eventUrl);
	return receiver.received.map((push, index) =>
		writeMessage({ ...openPush(push), CreateTime: times[index] }),
	);
}

/** Pushes a message now, whatever time it names. */
export async function sendPush(eventUrl: string, message: string): Promise<void> {
	const { query, body } = sealPush(message, COMPONENT, Math.floor(Date.now() / 1000));
	const url = `${eventUrl}?${new URLSearchParams(query).toString()}`;
	expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
}

import type { SealedPush } from './seal';

const MAX_TRIES = 3;
const EXPECTED_ANSWER = 'success';

/** What came of a push. */
export interface Delivery {
	/** Whether it was answered `success` in time. */
	answered: boolean;
	/** How often it was sent. */
	tries: number;
	/** The HTTP status of the last answer; `null`: none came. */
	status: number | null;
}

/** What came of a push, and whom it was about: the component itself for a ticket. */
export interface PushResult extends Delivery {
	infoType: string;
	appId: string;
}

/** Sends the very same request again, up to 3 times in all, until it is answered `success` in time. */
export async function deliver(
	eventUrl: string,
	push: SealedPush,
	timeLimitMs: number,
): Promise<Delivery> {
	let delivery: Delivery = { answered: false, tries: 0, status: null };
	while (!delivery.answered && delivery.tries < MAX_TRIES) {
		delivery = { ...(await send(eventUrl, push, timeLimitMs)), tries: delivery.tries + 1 };
	}
	return delivery;
}

async function send(
	eventUrl: string,
	{ query, body }: SealedPush,
	timeLimitMs: number,
): Promise<Omit<Delivery, 'tries'>> {
	const url = new URL(eventUrl);
	for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'text/xml' },
			body,
			redirect: 'manual',
			signal: AbortSignal.timeout(timeLimitMs),
		});
		const answered = (await response.text()) === EXPECTED_ANSWER;
		return { answered: answered && response.status === 200, status: response.status };
	} catch {
		return { answered: false, status: null };
	}
}

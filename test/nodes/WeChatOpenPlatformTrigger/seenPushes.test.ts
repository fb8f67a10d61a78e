import {
	rememberPush,
	takeFingerprint,
} from '../../../nodes/WeChatOpenPlatformTrigger/receive/seenPushes';
import { writeMessage } from '../../../sandbox/openPlatform/pushes/messages';
import { APP_ID } from '../../wechat/push/provider';
import { openTrigger, sealByOthers } from './pushTo';

const SECOND_MS = 1000;
const message = (createTime: number) =>
	writeMessage({ AppId: APP_ID, CreateTime: createTime, InfoType: 'authorized' });

afterEach(() => void jest.useRealTimers());

test('a push that is stamped 5 minutes ahead starts the workflow once, as long as its stamp is good', async () => {
	jest.useFakeTimers({ now: Date.UTC(2025, 2, 1), doNotFake: ['nextTick', 'setImmediate'] });
	const now = Date.now() / SECOND_MS;
	const sealed = sealByOthers(message(now), now + 300);
	const push = openTrigger({}, {}, 'replayed');
	expect((await push(sealed)).items).toHaveLength(1);
	for (const waitMs of [599_999, 1]) {
		jest.advanceTimersByTime(waitMs);
		expect(await push(sealed)).toMatchObject({ status: 200, items: [] });
	}
	jest.advanceTimersByTime(1);
	expect(await push(sealed)).toMatchObject({ status: 403, items: [] });
});

test('another workflow receives the same push for itself', async () => {
	const sealed = sealByOthers(message(1));
	for (const id of ['one', 'two']) {
		const push = openTrigger({}, {}, id);
		expect((await push(sealed)).items).toHaveLength(1);
		expect((await push(sealed)).items).toHaveLength(0);
	}
});

test('what another process has stored is known, until it is too old', () => {
	const fingerprint = takeFingerprint(['stored'], 'text');
	expect(rememberPush(fingerprint, { [fingerprint]: 1001 }, 1000)).toBe(false);
	expect(rememberPush(fingerprint, { [fingerprint]: 1000 }, 1000)).toBe(true);
});

test('the last 200 are stored, and the last 5,000 of the process kept', () => {
	const stored: Record<string, number> = {};
	for (let index = 0; index < 5_001; index += 1) {
		expect(rememberPush(`kept-${index}`, stored, index)).toBe(true);
	}
	expect(Object.keys(stored)).toHaveLength(200);
	expect(Object.keys(stored)[0]).toBe('kept-4801');
	expect(rememberPush('kept-1', {}, 5_001)).toBe(false);
	expect(rememberPush('kept-0', {}, 5_001)).toBe(true);
});

test('with 5,000 kept, a push looks at one of them', () => {
	for (let index = 0; index < 6_000; index += 1) rememberPush(`many-${index}`, {}, index);
	let looked = 0;
	const entries = Map.prototype.entries;
	const spy = jest.spyOn(Map.prototype, Symbol.iterator as never).mockImplementation(function* (
		this: Map<string, number>,
	) {
		for (const entry of entries.call(this)) {
			looked += 1;
			yield entry;
		}
	} as never);
	rememberPush('many-more', {}, 6_001);
	spy.mockRestore();
	// The one that is forgotten, and the one after it.
	expect(looked).toBe(2);
});

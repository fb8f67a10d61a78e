import { CODES } from '../../../wechat/codes/catalogue';
import { createFinalAnswers } from '../../../wechat/outcome/finalAnswers';
import type { Outcome } from '../../../wechat/outcome/outcome';
import { toFailed } from '../../../wechat/answer/envelope';

const target = { environment: 'shop-demo', functionName: 'echo' };
const now = { path: '/tcb/invokecloudfunction', target };
const later = { path: '/tcb/adddelayedfunctiontask', target };
const other = { ...now, target: { ...target, functionName: 'orderTotal' } };

const success: Outcome = { kind: 'success', errmsg: 'ok', result: 1 };
const failed = (errcode: number) => toFailed(CODES[errcode], errcode);

test.each([
	['of the account holds for all its calls', 40164, [true, true, true]],
	['about one API holds for that API', 45009, [true, false, true]],
	['about a permission for one API holds for that API', 48001, [true, false, true]],
	['about one function holds for that function', -501005, [true, true, false]],
	['about one call holds for none', 40097, [false, false, false]],
])('an answer %s', (_, errcode, expected) => {
	const answers = createFinalAnswers();
	answers.note(now, failed(errcode));
	const found = [now, later, other].map((place) => answers.find(place) !== undefined);
	expect(found).toEqual(expected);
});

test.each([40164, -501005])('%i after a success is one bad answer among good ones', (errcode) => {
	const answers = createFinalAnswers();
	answers.note(now, success);
	for (let i = 0; i < 50; i++) {
		answers.note(now, failed(errcode));
		expect(answers.find(now)).toBeUndefined();
		if (i % 5 === 4) answers.note(now, success);
	}
});

test('a success that was under way shows that the answer was not final', () => {
	const answers = createFinalAnswers();
	answers.note(now, failed(40164));
	answers.note(now, success);
	expect(answers.find(now)).toBeUndefined();
});

test('ten such answers in a row are final, even after a success', () => {
	const answers = createFinalAnswers();
	answers.note(now, success);
	for (let i = 0; i < 10; i++) answers.note(now, failed(40164));
	expect(answers.find(now)).toMatchObject({ errcode: 40164 });
});

test('a quota that is used up is final at once, and stays so', () => {
	const answers = createFinalAnswers();
	answers.note(now, success);
	answers.note(now, failed(45009));
	answers.note(now, success);
	expect(answers.find(now)).toMatchObject({ errcode: 45009 });
});

import { findMeaning } from '../codes/catalogue';
import { CHECK_FIRST_HINT, UNKNOWN_OUTCOME, type Meaning } from '../codes/kinds';
import { isRecord, type Answer } from '../answer/answer';
import { readEnvelope, toFailed, type Envelope, type Failed } from '../answer/envelope';
import { parseLenientJson } from '../answer/lenientJson';
import { chooseParser, readResult, type Reading, type Success } from './returnValue';

/** What one invocation came to. Decided here and nowhere else. */
export type Outcome = Success | Failed;

/**
 * Turns an answer of `/tcb/invokecloudfunction` into an outcome.
 * @param elapsedMs how long after the call it came
 */
export function readOutcome(answer: Answer, reading: Reading = {}, elapsedMs = 0): Outcome {
	const envelope = readEnvelope(answer, 'resp_data');
	if (envelope.kind === 'failed') return envelope;
	const { errcode, errmsg } = envelope;
	if (errcode === 0) return readResult(takeRespData(envelope, reading), reading, errmsg);
	const isLate = errcode === BUSY_CODE && elapsedMs > LONGEST_AT_DOOR_MS;
	return toFailed(isLate ? LATE_BUSY : findMeaning(errcode, errmsg), errcode, errmsg, answer);
}

/** As a rule a text. Else it is read once more, so that no number in it loses digits. */
function takeRespData({ fields, text }: Envelope, reading: Reading): unknown {
	if (typeof fields.resp_data === 'string') return fields.resp_data;
	const exact = parseLenientJson(text, chooseParser(reading));
	return isRecord(exact) ? exact.resp_data : fields.resp_data;
}

const BUSY_CODE = -1;
/** A `system error` that comes at once was given at WeChat's door. Functions were seen to run behind a later one. */
const LONGEST_AT_DOOR_MS = 1000;

const LATE_BUSY: Meaning = {
	...UNKNOWN_OUTCOME,
	what: "WeChat's system was busy, and said so only after more than a second",
	hint: `WeChat itself may have called the function, even twice. ${CHECK_FIRST_HINT}`,
};

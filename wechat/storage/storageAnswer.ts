import type { Answer, NoAnswerReason } from '../answer/answer';
import { BUSY, CONFIGURATION, type Meaning } from '../codes/kinds';
import { toFailed, type Failed } from '../answer/envelope';
import { redact } from '../outcome/redact';
import { explainSilence } from '../answer/silence';
import { findCosMeaning } from './storageCodes';
import type { UploadGrant } from './upload';

const NETWORK_HINT = 'Check that n8n can reach cloud storage, then run the item again.';
const LONGEST_TEXT = 5000;

const NO_ANSWER: Readonly<Record<NoAnswerReason, Meaning>> = {
	unreachable: { ...BUSY, what: 'it could not be reached', hint: NETWORK_HINT },
	timeout: {
		...BUSY,
		what: 'it took too long',
		hint: 'Run the item again, or raise the option Timeout.',
	},
	broken: { ...BUSY, what: 'the connection broke', hint: NETWORK_HINT },
	stopped: { ...BUSY, what: 'the execution was stopped', hint: 'Run the item again.' },
};

const UNTRUSTED: Meaning = {
	...CONFIGURATION,
	what: 'its certificate is not trusted, so nothing was sent',
	hint: "A proxy may have put its own in its place: give n8n the proxy's certificate (NODE_EXTRA_CA_CERTS). Check the clock of n8n's computer as well.",
};

function explainStorageSilence(answer: Extract<Answer, { kind: 'none' }>): Meaning {
	const { reason, obstacle } = answer;
	if (obstacle === 'guard') return explainSilence(answer);
	return obstacle === 'certificate' ? UNTRUSTED : NO_ANSWER[reason];
}

const STRANGER: Meaning = {
	...CONFIGURATION,
	what: 'the answer is not one of cloud storage',
	hint: 'Check any proxy between n8n and the internet. It may want a login.',
};

/** What came of sending a file with a grant. */
export function readUploadAnswer(
	answer: Answer,
	grant: UploadGrant,
): { kind: 'uploaded'; fileId: string } | Failed {
	// As a rule 204 with nothing. A login page is a 200 as well.
	const isTaken =
		answer.kind === 'answer' &&
		answer.status >= 200 &&
		answer.status < 300 &&
		!/<(!doctype )?html/i.test(answer.text.slice(0, LONGEST_TEXT));
	if (isTaken) return { kind: 'uploaded', fileId: grant.fileId };
	const secrets = [grant.authorization, grant.securityToken, grant.url, grant.cosFileId];
	return readRefusal(answer, secrets);
}

/**
 * Why the storage did not take a file, or did not hand it out.
 * @param secrets what must not appear in its words
 */
export function readRefusal(answer: Answer, secrets: readonly string[]): Failed {
	if (answer.kind === 'none') return toFailed(explainStorageSilence(answer));
	const { status } = answer;
	const text = answer.text.slice(0, LONGEST_TEXT);
	const element = (name: string) => redact(readElement(text, name), secrets);
	const code = element('Code');
	if (code === '') {
		const isLater = status >= 500 || status === 408 || status === 429;
		return toFailed(isLater ? { ...STRANGER, ...BUSY } : STRANGER, null, `HTTP ${status}`, answer);
	}
	const message = element('Message');
	// Only the first line of it goes into the sentence that people read.
	const ids = ['RequestId', 'TraceId']
		.map((name) => [name, element(name)])
		.filter(([, id]) => id !== '')
		.map(([name, id]) => `\n${name}: ${id}`);
	const words = message === '' ? code : `${code}: ${message}`;
	return toFailed(findCosMeaning(code, message, status), null, words + ids.join(''), answer);
}

/** The text of an element of COS's XML, which has neither attributes nor elements of the same name. */
function readElement(xml: string, name: string): string {
	const start = xml.indexOf(`<${name}>`);
	if (start === -1) return '';
	const from = start + name.length + 2;
	const end = xml.indexOf(`</${name}>`, from);
	return end === -1 ? '' : decodeEntities(xml.slice(from, end)).replace(/\s+/g, ' ').trim();
}

function decodeEntities(text: string): string {
	const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
	return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name]);
}

import type { Answer, NoAnswerReason } from '../answer/answer';
import { BUSY, CONFIGURATION, type Meaning } from '../codes/kinds';
import { toFailed, type Failed } from '../answer/envelope';
import { redact } from '../outcome/redact';
import { findCosMeaning } from './storageCodes';
import type { UploadGrant } from './upload';

const NETWORK_HINT = 'Check that n8n can reach cloud storage, then run the item again.';
const LONGEST_TEXT = 5000;

const NO_ANSWER: Readonly<Record<NoAnswerReason, Meaning>> = {
	unreachable: { ...BUSY, what: 'it could not be reached', hint: NETWORK_HINT },
	timeout: {
		...BUSY,
		what: 'the file could not be sent in time',
		hint: 'Run the item again, or raise the option Timeout.',
	},
	broken: { ...BUSY, what: 'the connection broke', hint: NETWORK_HINT },
	stopped: { ...BUSY, what: 'the execution was stopped', hint: 'Run the item again.' },
};

const STRANGER: Meaning = {
	...CONFIGURATION,
	what: 'the answer is not one of cloud storage',
	hint: 'Check any proxy between n8n and the internet. It may want a login.',
};

type WholeAnswer = Extract<Answer, { kind: 'answer' }>;

/** What came of sending a file with a grant. */
export function readUploadAnswer(
	answer: Answer,
	grant: UploadGrant,
): { kind: 'uploaded'; fileId: string } | Failed {
	if (answer.kind === 'none') return toFailed(NO_ANSWER[answer.reason]);
	const { status } = answer;
	const text = answer.text.slice(0, LONGEST_TEXT);
	// As a rule 204 with nothing. A login page is a 200 as well.
	const isPage = /<(!doctype )?html/i.test(text);
	if (status >= 200 && status < 300 && !isPage) return { kind: 'uploaded', fileId: grant.fileId };
	const secrets = [grant.authorization, grant.securityToken, grant.url, grant.cosFileId];
	return readRefusal(answer, text, secrets);
}

function readRefusal(answer: WholeAnswer, text: string, secrets: string[]): Failed {
	const { status } = answer;
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

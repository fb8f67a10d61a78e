import {
	BUSY,
	CHECK_FIRST_HINT,
	CONFIGURATION,
	UNKNOWN_OUTCOME,
	type Meaning,
} from '../codes/kinds';
import type { Answer, NoAnswerReason, Obstacle } from './answer';

export const NETWORK_HINT = 'Check the network of n8n and the API host in the credential.';

/** What it means for a call of a function that there was no answer. */
export function explainSilence({ reason, obstacle }: Extract<Answer, { kind: 'none' }>): Meaning {
	return obstacle === undefined ? NO_ANSWER[reason] : OBSTACLES[obstacle];
}

/** What keeps n8n from WeChat, so that nothing was sent: it stays until somebody changes it. */
const OBSTACLES: Readonly<Record<Obstacle, Meaning>> = {
	certificate: {
		...CONFIGURATION,
		what: 'the certificate of the API host is not trusted, so nothing was sent',
		hint: "A proxy may have put its own in its place: give n8n the proxy's certificate (NODE_EXTRA_CA_CERTS). Check the clock of n8n's computer as well, and the API host in the credential.",
	},
	noTls: {
		...CONFIGURATION,
		what: 'the API host and n8n found no common encryption, so nothing was sent',
		hint: 'Check the API host in the credential (https or http, and the port) and the proxy settings of n8n.',
	},
	badAddress: {
		...CONFIGURATION,
		what: 'the address in the credential is none that can be called',
		hint: 'Check the API host in the credential.',
	},
	badCharacter: {
		...CONFIGURATION,
		what: 'a field of the credential holds characters that can not be sent',
		hint: 'Check the addresses and the Authorization header in the credential: type them again instead of pasting them.',
	},
	guard: {
		...CONFIGURATION,
		what: "n8n's SSRF protection blocks this address",
		hint: 'Whoever runs n8n can allow it (N8N_SSRF_ALLOWED_HOSTNAMES, N8N_SSRF_ALLOWED_IP_RANGES).',
	},
	allowedDomains: {
		...CONFIGURATION,
		what: 'the credential does not allow requests to this address',
		hint: 'Add the domain to Allowed HTTP Request Domains in the credential.',
	},
};

const NO_ANSWER: Readonly<Record<NoAnswerReason, Meaning>> = {
	unreachable: {
		...BUSY,
		what: 'WeChat could not be reached',
		hint: `${NETWORK_HINT} Then run the item again.`,
	},
	timeout: {
		...UNKNOWN_OUTCOME,
		what: 'no answer came within the time limit of this node',
		hint: CHECK_FIRST_HINT,
	},
	broken: {
		...UNKNOWN_OUTCOME,
		what: 'the connection broke before an answer came',
		hint: CHECK_FIRST_HINT,
	},
	stopped: {
		...UNKNOWN_OUTCOME,
		what: 'the execution was stopped before an answer came',
		hint: CHECK_FIRST_HINT,
	},
};

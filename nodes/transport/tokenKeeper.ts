import { checkSettings } from '../../credentials/checkSettings';
import { findKeptToken } from '../../credentials/keptToken';
import {
	fingerprint,
	listSecrets,
	readSettings,
	type StoredCredential,
} from '../../credentials/settings';
import type { Failed } from '../../wechat/answer/envelope';
import {
	letN8nObtainToken,
	openAccess,
	readCredential,
	type Access,
	type Context,
	type ReadCredential,
} from './send';

/** A credential and its token, for one run of the node. */
export interface TokenKeeper {
	/** The token to use now. */
	get(): Promise<Access | Failed>;
	/** Another token than this one, which WeChat has refused. */
	replace(refused: Access): Promise<Access | Failed>;
	/** Every text that must not appear in a failure. */
	listSecrets(): string[];
}

/**
 * @param itemIndex the item that the credential's expressions see when it is read again
 * @param credential the credential as read, or why it can't be
 */
export function openTokenKeeper(
	context: Context,
	itemIndex: number,
	credential: ReadCredential | Failed,
): TokenKeeper {
	/** What the last asking came to. */
	let last: Access | Failed | undefined;
	/** The asking under way: however many items want a token at the same time, it is asked for once. */
	let asking: Promise<Access | Failed> | undefined;
	const secrets = new Set<string>();
	const keepSecret = (stored: StoredCredential) => {
		for (const secret of listSecrets(stored)) secrets.add(secret);
	};
	if (credential.kind === 'read') keepSecret(credential.stored);

	async function token(refused = ''): Promise<Access | Failed> {
		const joined = asking && (await asking);
		if (joined !== undefined && !isRefused(joined, refused)) return joined;
		if (last !== undefined && isLasting(last) && !isRefused(last, refused)) return last;
		asking ??= ask(refused).finally(() => (asking = undefined));
		return await asking;
	}

	async function ask(refused: string): Promise<Access | Failed> {
		if (last !== undefined) {
			// Another execution or worker may have renewed the token since. If n8n can't tell, what was read before counts.
			const again = await readCredential(context, itemIndex);
			if (again.kind === 'read') credential = again;
		}
		last =
			credential.kind === 'read' ? await obtain(context, credential.stored, refused) : credential;
		if (last.kind === 'access') keepSecret(last.stored);
		return last;
	}

	return {
		get: () => token(),
		replace: (refused) => token(refused.token.accessToken),
		listSecrets: () => [...secrets],
	};
}

/** The token that n8n has kept with the credential, if it is good for these settings; else a new one. */
async function obtain(
	context: Context,
	stored: StoredCredential,
	refused: string,
): Promise<Access | Failed> {
	const settings = readSettings(stored);
	const problem = checkSettings(settings);
	if (problem !== undefined) return problem;
	const { source } = settings;
	const key = fingerprint(settings);
	const found =
		source.kind === 'fixed'
			? { accessToken: source.token, renewAt: Infinity, validFor: key }
			: findKeptToken(stored, key);
	if (found !== undefined && found.accessToken !== refused) {
		return openAccess(found, stored);
	}
	const report = await letN8nObtainToken(context, stored, refused);
	if (report.kind === 'failed') return report;
	return openAccess(report.token, stored);
}

function isRefused(answer: Access | Failed, refused: string): boolean {
	return answer.kind === 'access' && answer.token.accessToken === refused;
}

/** A token that is not due for renewal, and a failure that no further try can change. */
function isLasting(answer: Access | Failed): boolean {
	return answer.kind === 'access' ? answer.token.renewAt > Date.now() : !answer.meaning.retryable;
}

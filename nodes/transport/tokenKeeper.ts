import { findKeptToken } from '../../credentials/keptToken';
import {
	fingerprint,
	listSecrets,
	readSettings,
	text,
	type Source,
	type StoredCredential,
} from '../../credentials/settings';
import { checkSettings } from '../../credentials/settingsProblem';
import type { Failed } from '../../wechat/outcome/outcome';
import { obtainToken, readCredential, type Context, type ReadCredential } from './send';

/** A credential and its token, for one run of the node. */
export interface TokenKeeper {
	source: Source['kind'];
	/** The token to use now. */
	get(): Promise<string | Failed>;
	/** Another token than this one, which WeChat has refused. Not for a fixed token. */
	replace(refused: string): Promise<string | Failed>;
	/** The credential's fields with this token in use. */
	withToken(token: string): StoredCredential;
	/** Every text that must not appear in a failure. */
	listSecrets(): string[];
}

/**
 * @param itemIndex the item that the credential's expressions see when it is read again
 * @param first the credential as read, or why it can't be
 */
export function openTokenKeeper(
	context: Context,
	itemIndex: number,
	first: ReadCredential | Failed,
): TokenKeeper {
	let stored: StoredCredential = first.kind === 'read' ? first.stored : {};
	let isJustRead = true;
	const settings = readSettings(stored);
	const { source } = settings;
	const key = fingerprint(settings);
	const secrets = new Set(listSecrets(stored));
	/** A failure that no further try can change. */
	let lasting = first.kind === 'failed' ? first : checkSettings(settings);
	let asking: Promise<string | Failed> | undefined;

	async function renew(refused: string): Promise<string | Failed> {
		// Another execution or worker may have renewed it meanwhile.
		if (!isJustRead) {
			const again = await readCredential(context, itemIndex);
			if (again.kind === 'failed') return again;
			stored = again.stored;
		}
		const kept = findKeptToken(stored, key);
		if (kept !== undefined && kept !== refused) return kept;
		const obtained = await obtainToken(context, stored, refused);
		if (obtained.kind === 'failed') {
			if (!obtained.meaning.retryable) lasting = obtained;
			return obtained;
		}
		stored = obtained.stored;
		return text(stored, 'accessToken');
	}

	/** However many items want a token at the same time, it is asked for once. */
	async function ask(refused: string): Promise<string | Failed> {
		asking ??= renew(refused).finally(() => {
			asking = undefined;
			for (const secret of listSecrets(stored)) secrets.add(secret);
		});
		return await asking;
	}

	return {
		source: source.kind,
		async get() {
			if (lasting !== undefined) return lasting;
			if (source.kind === 'fixed') return source.token;
			const kept = asking === undefined ? findKeptToken(stored, key) : undefined;
			const token = kept ?? (await ask(''));
			isJustRead = false;
			return token;
		},
		async replace(refused) {
			const answer = await asking;
			if (answer !== undefined && answer !== refused) return answer;
			if (lasting !== undefined) return lasting;
			const kept = findKeptToken(stored, key);
			return kept !== undefined && kept !== refused ? kept : await ask(refused);
		},
		withToken: (token) => ({ ...stored, accessToken: token }),
		listSecrets: () => [...secrets],
	};
}

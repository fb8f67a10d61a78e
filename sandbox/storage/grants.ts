import { createHmac } from 'node:crypto';
import { createBoundedMap } from '../http/bounded';
import { createRandomHex } from '../http/ids';
import { makeFileId } from './fileStore';

const GRANT_LIFETIME_MS = 15 * 60_000;

/** Lets whoever holds it put one file under one path. */
export interface Grant {
	env: string;
	path: string;
	fileId: string;
	authorization: string;
	securityToken: string;
	cosFileId: string;
	expiresAt: number;
}

export type Grants = ReturnType<typeof createGrants>;

/** What lets files in and out: grants to upload, and signed links. */
export function createGrants(now: () => number) {
	const key = createRandomHex(32);
	const grants = createBoundedMap<Grant>();
	const sign = (text: string) => createHmac('sha1', key).update(text).digest('hex');

	function grant(env: string, path: string): Grant {
		const from = Math.floor(now() / 1000);
		const expiresAt = now() + GRANT_LIFETIME_MS;
		const time = `${from};${Math.floor(expiresAt / 1000)}`;
		const authorization = [
			'q-sign-algorithm=sha1',
			'q-ak=sandbox-dummy-ak',
			`q-sign-time=${time}`,
			`q-key-time=${time}`,
			'q-header-list=',
			'q-url-param-list=',
			`q-signature=${sign(`post ${env} ${path} ${time}`)}`,
		].join('&');
		const made: Grant = {
			env,
			path,
			fileId: makeFileId(env, path),
			authorization,
			securityToken: `sandbox-grant-${createRandomHex(48)}`,
			cosFileId: createRandomHex(64),
			expiresAt,
		};
		grants.set(made.securityToken, made);
		return made;
	}

	/** What a link ends with: good for so many seconds. */
	function signLink(fileId: string, seconds: number): string {
		const until = Math.floor(now() / 1000) + seconds;
		return `sign=${sign(`get ${fileId} ${until}`)}&t=${until}`;
	}

	function isGoodLink(fileId: string, signature: unknown, until: unknown): boolean {
		return signature === sign(`get ${fileId} ${String(until)}`) && Number(until) * 1000 > now();
	}

	return {
		grant,
		signLink,
		isGoodLink,
		find: (securityToken: string) => grants.get(securityToken),
		isOver: ({ expiresAt }: Grant) => now() >= expiresAt,
		/** Ends every grant given out so far. */
		endAll() {
			for (const given of grants.values()) given.expiresAt = Math.min(given.expiresAt, now());
		},
		/** Every secret given out so far, to search for where none may be. */
		listSecrets: () =>
			grants
				.values()
				.flatMap(({ authorization, securityToken, cosFileId }) => [
					authorization,
					securityToken,
					cosFileId,
				]),
	};
}

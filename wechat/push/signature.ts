import { createHash, timingSafeEqual } from 'crypto';

/** A push is signed with sha1 over these, sorted and joined; from WeChat's page on encrypted messages. */
export interface SignedParts {
	/** `Token` on WeChat's page: both sides know it. */
	verificationToken: string;
	/** Seconds since 1970, as text. */
	timestamp: string;
	nonce: string;
	/** The content of the element Encrypt. */
	encrypted: string;
}

const SIGNATURE = /^[0-9a-f]{40}$/;

/** 40 hexadecimal digits. */
export function signPush({ verificationToken, timestamp, nonce, encrypted }: SignedParts): string {
	const sorted = [verificationToken, timestamp, nonce, encrypted].sort();
	return createHash('sha1').update(sorted.join(''), 'utf8').digest('hex');
}

/** Takes the same time whichever digit is the first wrong one. */
export function isSignedBy(parts: SignedParts, signature: string): boolean {
	if (!SIGNATURE.test(signature)) return false;
	return timingSafeEqual(Buffer.from(signPush(parts)), Buffer.from(signature));
}

/** Cannot be guessed: tokens, tickets and codes are made of it. */
export function createRandomHex(bytes: number): string {
	return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}

/** What WeChat adds to an errmsg, to find the request again. */
export function createRid(): string {
	return [createRandomHex(4), createRandomHex(4), createRandomHex(4)].join('-');
}

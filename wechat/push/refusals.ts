const NO_PUSH = { status: 400, answer: 'This is no push of WeChat.' };
const TOO_LARGE = { status: 413, answer: 'This is too large for a push of WeChat.' };
/** One answer for all of these: it must not tell which check failed. */
const NOT_VERIFIED = { status: 403, answer: 'This push could not be verified.' };

/** Why a push is refused: what the log says, and what the sender is answered. */
export const REFUSALS = {
	tooLarge: { reason: 'it has more than 64 kB', ...TOO_LARGE },
	noBody: { reason: 'its body could not be read', ...NO_PUSH },
	badQuery: { reason: 'timestamp, nonce or msg_signature is missing in its address', ...NO_PUSH },
	badXml: { reason: "its body is not WeChat's XML with AppId and Encrypt", ...NO_PUSH },
	customerMessage: {
		reason:
			"it is about a customer's account, as are those for the message and event URL of the platform, which is another than the authorization event URL",
		...NO_PUSH,
	},
	wrongSignature: {
		reason: 'its signature is wrong: check the Verification Token',
		...NOT_VERIFIED,
	},
	wrongTime: {
		reason:
			'its signature is right, but its time is more than 5 minutes off: check the clock of n8n. If that is right, somebody has sent in an old push again',
		...NOT_VERIFIED,
	},
	wrongKey: {
		reason: 'it could not be decrypted for this App ID: check the App ID and the Encoding AES Key',
		...NOT_VERIFIED,
	},
	wrongAppId: { reason: 'it is for another App ID', ...NOT_VERIFIED },
	badMessage: {
		reason:
			"what was encrypted is not WeChat's XML with an InfoType, or has a DTD, entities, attributes, more than 10 levels or 1,000 elements",
		...NOT_VERIFIED,
	},
} as const;

export type Refusal = keyof typeof REFUSALS;

const REMOVED = '[removed]';

/** Query and JSON fields whose value is never shown, whoever set it. */
const SECRET_FIELDS =
	/((?:access_token|secret|appsecret|component_verify_ticket|refresh_token)(?:\\?")?\s{0,9}[=:]\s{0,9}(?:\\?")?)[^\s"\\&,}]+/gi;

/** No text of others is looked at any further, nor shown. */
const LONGEST_TEXT = 5000;

/**
 * Removes the given secrets, in every form in which they may stand in a text, and whatever stands in a
 * field known to hold one. The text is cut after that, so that no secret is cut in two before.
 */
export function redact(text: string, secrets: readonly string[]): string {
	const known = listForms(secrets).reduce((rest, form) => rest.replaceAll(form, REMOVED), text);
	return shorten(known, LONGEST_TEXT).replace(SECRET_FIELDS, `$1${REMOVED}`);
}

/** The longest first: one secret may begin with another. */
function listForms(secrets: readonly string[]): string[] {
	const forms = secrets.filter((secret) => secret !== '').flatMap(writeInEveryForm);
	return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** Half of a character, which can't be URL-encoded. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function writeInEveryForm(secret: string): string[] {
	const encoded = encodeURIComponent(secret.replace(LONE_SURROGATE, '\ufffd'));
	const base64 = toBase64(secret);
	return [
		secret,
		encoded,
		encoded.replace(/%[\dA-F]{2}/g, (byte) => byte.toLowerCase()),
		encoded.replaceAll('%20', '+'),
		JSON.stringify(secret).slice(1, -1),
		base64,
		// Before more text, and in URLs, it stands without its padding.
		base64.replace(/=+$/, ''),
		base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
	];
}

function toBase64(text: string): string {
	const bytes = new TextEncoder().encode(text);
	return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

const SHOWN_TEXT_LENGTH = 200;

/** The beginning of a text that somebody else wrote, with no character cut in two. */
export function shorten(text: string, length = SHOWN_TEXT_LENGTH): string {
	if (text.length <= length) return text;
	const start = text.slice(0, length);
	return `${/[\ud800-\udbff]$/.test(start) ? start.slice(0, -1) : start}…`;
}

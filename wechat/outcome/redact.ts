const REMOVED = '[removed]';

/** Query and JSON fields whose value is never shown, whoever set it. */
const SECRET_FIELDS =
	/((?:access_token|secret|appsecret|component_verify_ticket|refresh_token)"?\s*[=:]\s*"?)[^\s"&,}]+/gi;

/** Removes the given secrets, and whatever stands in a field known to hold one, from a text. */
export function redact(text: string, secrets: readonly string[]): string {
	const known = secrets
		.filter((secret) => secret !== '')
		.flatMap((secret) => [secret, encodeURIComponent(secret)])
		.reduce((rest, secret) => rest.replaceAll(secret, REMOVED), text);
	return known.replace(SECRET_FIELDS, `$1${REMOVED}`);
}

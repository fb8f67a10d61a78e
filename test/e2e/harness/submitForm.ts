import { pollPage } from './pollPage';

/** What is chosen in a field for files. */
export interface ChosenFile {
	fileName: string;
	content: Buffer;
}

/** Fills in a form of n8n and sends it; resolves with the last page as soon as it holds the text. */
export async function submitForm(
	address: string,
	values: Array<string | ChosenFile>,
	lastPage: RegExp,
): Promise<string> {
	await pollPage(address, /<form/);
	const body = new FormData();
	for (const [i, value] of values.entries()) {
		if (typeof value === 'string') body.append(`field-${i}`, value);
		else body.append(`field-${i}`, new Blob([value.content]), value.fileName);
	}
	const answer = await fetch(address, { method: 'POST', body });
	const { formWaitingUrl } = (await answer.json()) as { formWaitingUrl: string };
	// What the form's own script asks before it goes to the last page: too early a visit is never answered.
	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	await pollPage(status.href, /form-waiting/);
	return await pollPage(formWaitingUrl, lastPage);
}

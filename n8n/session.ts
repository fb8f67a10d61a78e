import type { Json } from './execution';

export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	/** At least 8 characters, a capital letter and a digit. */
	password: string;
}

export interface CredentialToTest {
	/** Of a stored credential: n8n tests no other. What is in `data` counts instead of what is stored. */
	id: string;
	name: string;
	type: string;
	data: Json;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface ListToOpen {
	/** The node's type, with the package's name before it. */
	nodeType: string;
	/** The name of the parameter, and of the method that fills its list. */
	parameter: string;
	method: string;
	/** The node's parameters so far. */
	parameters: Json;
	credentialType: string;
	credentialId: string;
	filter?: string;
	/** Out of the page before. */
	paginationToken?: string;
}

export interface ListPage {
	results: Array<{ name: string; value: string }>;
	paginationToken?: string;
}

/** A logged-in user's way to n8n's internal API, the one the editor uses. */
export interface Session {
	/** `path` is what follows /rest; resolves with the answer's `data`, rejects on an HTTP status of 400 or more. */
	request(method: string, path: string, body?: unknown): Promise<unknown>;
	/** The types of all nodes the editor offers. */
	listNodeTypes(): Promise<string[]>;
	/** What the editor's "Test" button of a credential does. */
	testCredential(credential: CredentialToTest): Promise<CredentialTestResult>;
	/** What the editor does when a list of a node's parameter is opened, searched or scrolled to its end. */
	openList(list: ListToOpen): Promise<ListPage>;
}

/** Creates the owner of a new instance. Resolves with false where there is one already. */
export async function setUpOwner(url: string, owner: Owner): Promise<boolean> {
	const answer = await post(`${url}/rest/owner/setup`, owner);
	if (answer.ok) return true;
	const message = await readMessage(answer);
	if (message.includes('already setup')) return false;
	throw new Error(`n8n did not create its owner (HTTP ${answer.status}): ${message}`);
}

export async function logIn(
	url: string,
	user: Pick<Owner, 'email' | 'password'>,
): Promise<Session> {
	const answer = await post(`${url}/rest/login`, {
		emailOrLdapLoginId: user.email,
		password: user.password,
	});
	if (!answer.ok) {
		throw new Error(
			`n8n refused ${user.email} (HTTP ${answer.status}): ${await readMessage(answer)}`,
		);
	}
	const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
	return openSession(url, cookie.join('; '));
}

function openSession(url: string, cookie: string): Session {
	async function request(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await fetch(`${url}/rest${path}`, {
			method,
			headers: { cookie, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!answer.ok) {
			const message = await readMessage(answer);
			throw new Error(`n8n answered HTTP ${answer.status} to ${method} ${path}: ${message}`);
		}
		return ((await answer.json()) as { data: unknown }).data;
	}

	return {
		request,
		async listNodeTypes() {
			const answer = await fetch(`${url}/types/nodes.json`, { headers: { cookie } });
			const types = (await answer.json()) as Array<{ name: string }>;
			return types.map(({ name }) => name);
		},
		async testCredential(credentials) {
			return (await request('POST', '/credentials/test', { credentials })) as CredentialTestResult;
		},
		async openList(list) {
			const { nodeType, parameter, method, parameters, filter, paginationToken } = list;
			const page = await request('POST', '/dynamic-node-parameters/resource-locator-results', {
				nodeTypeAndVersion: { name: nodeType, version: 1 },
				path: `parameters.${parameter}`,
				methodName: method,
				currentNodeParameters: parameters,
				credentials: { [list.credentialType]: { id: list.credentialId, name: list.credentialId } },
				filter,
				paginationToken,
			});
			return page as ListPage;
		},
	};
}

async function post(address: string, body: unknown): Promise<Response> {
	return await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}

/** n8n's sentence, without the stack trace it comes with. */
async function readMessage(answer: Response): Promise<string> {
	const text = await answer.text();
	return /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
}

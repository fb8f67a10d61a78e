import { APPS } from './accounts/apps';
import type { Ran } from './http/answers';
import type { SandboxRequest } from './http/requestLog';
import type { Sandbox } from './server';

const CONTROL_CHARACTERS = /[^\x20-\x7e]/g;
const RUNS: Readonly<Record<Ran, string>> = {
	no: 'not run',
	yes: 'run',
	cut: 'run, unknown to the caller',
};

/** What a person needs to use the sandbox, for the console. */
export function describeStart({ url, functionNames }: Sandbox): string {
	const [shop] = APPS;
	const [environment] = shop.environments;
	const tokenRequest = JSON.stringify({
		grant_type: 'client_credential',
		appid: shop.appId,
		secret: shop.secret,
	});
	const order = JSON.stringify({ items: [{ name: 'Tea', price: 38.5, quantity: 2 }] });
	const invoke = `${url}/tcb/invokecloudfunction?access_token=$TOKEN&env=${environment}`;
	return `
The WeChat sandbox is running at ${url}   (Ctrl-C ends it)

In the credential (WeChat Cloud Function API):
  API Host     Custom, ${url}
  App ID       ${shop.appId}
  App Secret   ${shop.secret}

In the node:
  Environment  ${environment}
  Function     ${functionNames.join(', ')}

Or by hand, step by step:
  1. Ask for a token
     curl '${url}/cgi-bin/stable_token' -d '${tokenRequest}'
  2. Keep it
     TOKEN='the access_token of the answer'
  3. Prove it
     curl "${url}/cgi-bin/get_api_domain_ip?access_token=$TOKEN"
  4. Invoke a cloud function
     curl "${invoke}&name=orderTotal" -d '${order}'
  5. See one fail
     curl "${invoke}&name=orderTotal" -d '{"items":[]}'
  6. See WeChat fail
     curl "${invoke}&name=orderTotal" -d '{"sandbox":{"errcode":-1}}'
  7. Let the next two calls of a function fail, whoever makes them
     curl -X PUT '${url}/sandbox/faults/orderTotal' -d '{"errcode":-1,"times":2}'

More accounts, codes and instructions: sandbox/README.md
`;
}

export function describeRequest(request: SandboxRequest, at: Date): string {
	const { method, path, appId, env, infoType, ran, status, errcode } = request;
	const target = (request.function ?? env) ? `${env ?? '?'}/${request.function ?? '?'}` : undefined;
	const result = infoType ? describeAnswer(request) : describeErrcode(errcode);
	const http = status && `HTTP ${status}`;
	const run = ran && `(${RUNS[ran]})`;
	return [at.toTimeString().slice(0, 8), method, path, appId, infoType, target, http, result, run]
		.filter((part) => part !== undefined)
		.join(' ')
		.replace(CONTROL_CHARACTERS, '?');
}

function describeErrcode(errcode: number | null): string {
	return errcode === null ? 'no errcode' : `errcode ${errcode}`;
}

function describeAnswer({ answered, tries }: SandboxRequest): string {
	if (tries === 0) return 'not sent: no event URL is set';
	return answered ? 'answered success' : `not answered success, sent ${tries} times`;
}

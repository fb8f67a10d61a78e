/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this is a console program, not a part of n8n */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { checkFacts, type Expectations, type Finding } from './check';
import { openClient, type Account } from './client';
import { describeFinding, writeEvidence } from './evidence';
import type { Fact } from './fact';
import { FACTS } from './facts';

const root = path.resolve(__dirname, '..');
const expectationsFile = path.join(root, 'sandbox', 'expectations.json');

const USAGE = `Tries what the documents call unconfirmed against the live service, one call each.

  WECHAT_APP_ID       App ID of a mini program with cloud development
  WECHAT_APP_SECRET   its AppSecret
  WECHAT_ENVIRONMENT  an environment for trying out
  WECHAT_FUNCTION     the function to call (n8nLiveCheck if not set): upload live/function under this name,
                      with a time limit of 20 seconds
  WECHAT_API_HOST     https://api.weixin.qq.com if not set
  EVIDENCE_FILE       docs/live-evidence.md if not set

  --yes      asks nothing: also what costs or changes something
  --correct  writes what was seen into sandbox/expectations.json, so that the sandbox answers like it
`;

void run().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});

async function run(): Promise<void> {
	const account = readAccount();
	const client = await openClient(account);
	const expectations = JSON.parse(readFileSync(expectationsFile, 'utf8')) as Expectations;
	const findings: Finding[] = [];
	for await (const finding of checkFacts(FACTS, client, expectations, askFirst)) {
		findings.push(finding);
		console.log(describeFinding(finding));
	}
	const file = process.env.EVIDENCE_FILE || path.join(root, 'docs', 'live-evidence.md');
	const day = new Date().toISOString().slice(0, 10);
	writeFileSync(file, writeEvidence(findings, describeHost(account.host), day));
	const count = (verdict: Finding['verdict']) =>
		findings.filter((finding) => finding.verdict === verdict).length;
	console.log(
		`\n${count('holds')} hold, ${count('differs')} differ, ${count('not tried')} not tried. Written to ${file}.`,
	);
	if (process.argv.includes('--correct')) correct(expectations, findings);
}

function readAccount(): Account {
	const { WECHAT_APP_ID, WECHAT_APP_SECRET, WECHAT_ENVIRONMENT } = process.env;
	if (!WECHAT_APP_ID || !WECHAT_APP_SECRET || !WECHAT_ENVIRONMENT) throw new Error(USAGE);
	return {
		host: (process.env.WECHAT_API_HOST || 'https://api.weixin.qq.com').replace(/\/+$/, ''),
		appId: WECHAT_APP_ID,
		appSecret: WECHAT_APP_SECRET,
		environment: WECHAT_ENVIRONMENT,
		functionName: process.env.WECHAT_FUNCTION || 'n8nLiveCheck',
	};
}

async function askFirst({ question, asks }: Fact): Promise<boolean> {
	if (process.argv.includes('--yes')) return true;
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question(`${question} This ${asks}. Try it? (y/N) `);
	terminal.close();
	return /^y(es)?$/i.test(answer.trim());
}

/** An address of somebody's own network is nobody's business. */
function describeHost(host: string): string {
	return host.endsWith('.weixin.qq.com') ? host : 'a stand-in for WeChat';
}

function correct(expectations: Expectations, findings: readonly Finding[]): void {
	const seen = findings.filter(({ verdict }) => verdict === 'differs');
	const corrected = {
		...expectations,
		...Object.fromEntries(seen.map((finding) => [finding.fact.id, finding.seen])),
	};
	writeFileSync(expectationsFile, `${JSON.stringify(corrected, null, '\t')}\n`);
	console.log(`${seen.length} corrected in sandbox/expectations.json.`);
}

/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installDebianPackages } from '../../../../n8n/install/debianPackages';
import { findFreePort } from '../../../../n8n/ports';
import { startProcess } from '../../../../n8n/processGroup';

/** The one that users are given. */
const CONFIGURATION = path.join(__dirname, '../../../../docs/long-distance.nginx.conf');
const PROGRAM = '/usr/sbin/nginx';
const MISSING = {
	packages: ['nginx-light'],
	title: 'Installing nginx',
	remedy:
		'This test drives nginx, which was not found. Install it (Debian, Ubuntu: "apt-get install nginx-light") and run the command again.',
};

export interface NginxOptions {
	/** Where WeChat's port is to be found. */
	wechatPort: number;
	/** Whose certificate is trusted, as PEM. */
	trusted: string;
}

export interface Nginx {
	port: number;
	/** Holds the certificate that is trusted. */
	trustedFile: string;
	/** All that it has written, by the name of the file. */
	readFiles(): Promise<Map<string, string>>;
	close(): Promise<void>;
}

/** The configuration of docs/, with the address, the port, the log and the trust of a test in it. */
async function adapt(port: number, { wechatPort }: NginxOptions): Promise<string> {
	const changes = [
		['listen 127.0.0.1:8088;', `listen 127.0.0.1:${port};`],
		['server api.weixin.qq.com:443 ', `server 127.0.0.1:${wechatPort} `],
		['/etc/ssl/certs/ca-certificates.crt', 'trusted.pem'],
		['/var/log/nginx/wechat.log', 'wechat.log'],
	];
	return changes.reduce(
		(text, [from, to]) => {
			if (text.split(from).length !== 2) throw new Error(`"${from}" is to stand there once.`);
			return text.replace(from, to);
		},
		await readFile(CONFIGURATION, 'utf8'),
	);
}

export async function startNginx(options: NginxOptions): Promise<Nginx> {
	if (!existsSync(PROGRAM)) {
		await installDebianPackages(MISSING, (line) => void process.stderr.write(`${line}\n`));
	}
	const folder = await mkdtemp(path.join(tmpdir(), 'nginx-'));
	const port = await findFreePort();
	const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	const main = [
		'daemon off;',
		'pid nginx.pid;',
		...(process.getuid?.() === 0 ? ['user root;'] : []),
		'events {}',
		'http {',
		...kinds.map((kind) => `${kind}_temp_path ${kind};`),
		'include wechat.conf;',
		'}',
	];
	await writeFile(path.join(folder, 'nginx.conf'), main.join('\n'));
	await writeFile(path.join(folder, 'wechat.conf'), await adapt(port, options));
	const trustedFile = path.join(folder, 'trusted.pem');
	await writeFile(trustedFile, options.trusted);
	const args = ['-p', folder, '-e', 'error.log', '-c', 'nginx.conf'];
	const group = startProcess(PROGRAM, args);
	await waitUntilOpen(port, group.finished);
	return {
		port,
		trustedFile,
		async readFiles() {
			const entries = await readdir(folder, { recursive: true, withFileTypes: true });
			const names = entries
				.filter((entry) => entry.isFile())
				.map((entry) => path.join(entry.parentPath, entry.name));
			const files = names.map(
				async (name) => [path.relative(folder, name), await readFile(name, 'utf8')] as const,
			);
			return new Map(await Promise.all(files));
		},
		async close() {
			await group.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function waitUntilOpen(port: number, finished: Promise<{ stderr: string }>): Promise<void> {
	let ended: string | undefined;
	void finished.then(({ stderr }) => (ended = stderr));
	while (!(await isOpen('127.0.0.1', port))) {
		if (ended !== undefined) throw new Error(`nginx ended before it was ready:\n${ended}`);
		await sleep(20);
	}
}

/** Whether somebody takes connections there. */
export async function isOpen(address: string, port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, address);
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}

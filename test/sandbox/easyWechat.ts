/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import Module, { createRequire } from 'node:module';
import type MiniAppApplication from 'node-easywechat/dist/MiniApp/Application';
import type OpenPlatformApplication from 'node-easywechat/dist/OpenPlatform/Application';
import type EasyRequest from 'node-easywechat/dist/Core/Http/ServerRequest';

/** A type that a dependency of node-easywechat no longer ships, and that is not needed here. */
const MISSING = 'node-socialite/dist/Core/ProviderInterface';

type Load = (request: string, ...rest: unknown[]) => unknown;

const loader = Module as unknown as { _load: Load };
const require = createRequire(__filename);

function load<T>(name: string): T {
	const { _load: original } = loader;
	loader._load = function (request, ...rest) {
		return request === MISSING ? class {} : original.call(this, request, ...rest);
	};
	try {
		return require(`node-easywechat/dist/${name}`) as T;
	} finally {
		loader._load = original;
	}
}

export const MiniApp = load<typeof MiniAppApplication>('MiniApp/Application');
export const OpenPlatform = load<typeof OpenPlatformApplication>('OpenPlatform/Application');
export const ServerRequest = load<typeof EasyRequest>('Core/Http/ServerRequest');
export type MiniApp = MiniAppApplication;
export type OpenPlatform = OpenPlatformApplication;

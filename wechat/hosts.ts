/** WeChat's API hosts, from its page on server API domains. */
export const API_HOSTS = [
	{ origin: 'https://api.weixin.qq.com', name: 'Nearest (api.weixin.qq.com)' },
	{ origin: 'https://api2.weixin.qq.com', name: 'Disaster Recovery (api2.weixin.qq.com)' },
	{ origin: 'https://sh.api.weixin.qq.com', name: 'Shanghai (sh.api.weixin.qq.com)' },
	{ origin: 'https://sz.api.weixin.qq.com', name: 'Shenzhen (sz.api.weixin.qq.com)' },
	{ origin: 'https://hk.api.weixin.qq.com', name: 'Hong Kong (hk.api.weixin.qq.com)' },
] as const;

/** An http(s) origin without path, query and trailing slash; undefined if the text is none. */
export function parseOrigin(text: string): string | undefined {
	const match = /^(https?:\/\/[^\s/?#]+)\/?$/i.exec(text.trim());
	return match?.[1];
}

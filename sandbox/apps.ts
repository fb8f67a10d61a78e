/** The mini programs the sandbox knows, as an administrator would see them on WeChat's own pages. */
export interface App {
	appId: string;
	secret: string;
	/** Cloud development has been opened for this mini program. */
	cloudDevelopment: boolean;
	environments: readonly string[];
	/** Addresses that may ask for a token; absent: all. */
	ipWhitelist?: readonly string[];
}

export const APPS: readonly App[] = [
	{
		appId: 'wx-sandbox-shop',
		secret: 'sandbox-dummy-secret',
		cloudDevelopment: true,
		environments: ['shop-demo', 'shop-old'],
	},
	{
		appId: 'wx-sandbox-plain',
		secret: 'sandbox-dummy-secret-plain',
		cloudDevelopment: false,
		environments: [],
	},
	{
		appId: 'wx-sandbox-office',
		secret: 'sandbox-dummy-secret-office',
		cloudDevelopment: true,
		environments: ['office-demo'],
		ipWhitelist: ['203.0.113.7'],
	},
	{
		appId: 'wx-sandbox-customer-a',
		secret: 'sandbox-dummy-secret-customer-a',
		cloudDevelopment: true,
		environments: ['customer-a-demo'],
	},
	{
		appId: 'wx-sandbox-customer-b',
		secret: 'sandbox-dummy-secret-customer-b',
		cloudDevelopment: true,
		environments: ['customer-b-demo'],
	},
	{
		appId: 'wx-sandbox-customer-c',
		secret: 'sandbox-dummy-secret-customer-c',
		cloudDevelopment: true,
		environments: [],
	},
];

export function findApp(appId: unknown): App | undefined {
	return APPS.find((app) => app.appId === appId);
}

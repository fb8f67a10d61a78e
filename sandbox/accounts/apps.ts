/** A mini program, as its administrator sees it on WeChat's own pages. */
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
		appId: 'wx-sandbox-busy',
		secret: 'sandbox-dummy-secret-busy',
		cloudDevelopment: true,
		environments: ['busy-demo'],
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

/** There is a customer for every number: whoever authorizes a component on demand is one of them. */
const NUMBERED_APP_ID = /^wx-sandbox-customer-([1-9]\d{0,5})$/;
const NUMBERED_ENVIRONMENT = /^customer-([1-9]\d{0,5})-demo$/;

export function findApp(appId: unknown): App | undefined {
	const number = NUMBERED_APP_ID.exec(String(appId))?.[1];
	return number ? makeNumberedApp(number) : APPS.find((app) => app.appId === appId);
}

export function findAppOfEnvironment(environment: string): App | undefined {
	const number = NUMBERED_ENVIRONMENT.exec(environment)?.[1];
	return number
		? makeNumberedApp(number)
		: APPS.find(({ environments }) => environments.includes(environment));
}

/** `wx-sandbox-customer-1` with the environment `customer-1-demo`, and so on. */
export function makeNumberedApp(number: number | string): App {
	return {
		appId: `wx-sandbox-customer-${number}`,
		secret: `sandbox-dummy-secret-customer-${number}`,
		cloudDevelopment: true,
		environments: [`customer-${number}-demo`],
	};
}

/** The service providers' platforms the sandbox knows, and who has authorized them. */
export interface Component {
	appId: string;
	secret: string;
	/** Good from the start and for ever, for those who receive no pushes. */
	ticket: string;
	/** One that was pushed more than 12 hours ago. */
	expiredTicket: string;
	/** Those of batch development: the component's own, not its customers'. */
	environments: readonly string[];
	/** What signs its pushes: Token on WeChat's page. */
	verificationToken: string;
	/** What encrypts its pushes: EncodingAESKey on WeChat's page, 43 letters and digits. */
	encodingAesKey: string;
	/** Addresses that may ask for a token; absent: all. */
	registeredIps?: readonly string[];
	authorizers: readonly Authorizer[];
}

/** A mini program whose administrator has authorized the component. */
export interface Authorizer {
	appId: string;
	refreshToken: string;
	/** Each use gives another refresh token and ends the old one. */
	changesRefreshToken: boolean;
}

export const COMPONENTS: readonly Component[] = [
	{
		appId: 'wx-sandbox-provider',
		secret: 'sandbox-dummy-component',
		ticket: 'sandbox-dummy-ticket',
		expiredTicket: 'sandbox-dummy-ticket-old',
		environments: ['provider-demo'],
		verificationToken: 'sandboxDummyVerification',
		encodingAesKey: 'SandboxDummyEncodingAesKeyOfTheProvider0123',
		authorizers: [
			{
				appId: 'wx-sandbox-customer-a',
				refreshToken: 'sandbox-dummy-refresh-a',
				changesRefreshToken: false,
			},
			{
				appId: 'wx-sandbox-customer-b',
				refreshToken: 'sandbox-dummy-refresh-b',
				changesRefreshToken: true,
			},
		],
	},
	{
		appId: 'wx-sandbox-provider-office',
		secret: 'sandbox-dummy-component-office',
		ticket: 'sandbox-dummy-ticket-office',
		expiredTicket: 'sandbox-dummy-ticket-office-old',
		environments: ['provider-office-demo'],
		verificationToken: 'sandboxDummyVerificationOffice',
		encodingAesKey: 'SandboxDummyEncodingAesKeyOfTheOffice012345',
		registeredIps: ['203.0.113.7'],
		authorizers: [],
	},
];

export function findComponent(appId: unknown): Component | undefined {
	return COMPONENTS.find((component) => component.appId === appId);
}

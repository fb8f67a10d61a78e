/**
 * What WeChat pushes to a component's event URL, from its pages for third-party platforms: what every
 * platform gets first, then by name.
 */
export const INFO_TYPES = [
	{
		infoType: 'component_verify_ticket',
		name: 'Ticket',
		description: 'Every 10 minutes the ticket that buys the component token',
	},
	{
		infoType: 'authorized',
		name: 'Authorized',
		description: 'A customer has authorized your platform',
	},
	{
		infoType: 'updateauthorized',
		name: 'Authorization Changed',
		description: 'A customer has changed what your platform may do',
	},
	{
		infoType: 'unauthorized',
		name: 'Authorization Cancelled',
		description: 'A customer has cancelled its authorization',
	},
	{
		infoType: 'notify_3rd_wxa_auth',
		name: 'Account Verification',
		description: "How the verification of a customer's mini program goes on",
	},
	{
		infoType: 'notify_3rd_wxa_wxverify',
		name: 'Account Verification (Annual)',
		description: "That a customer's mini program must be verified again, or has been",
	},
	{
		infoType: 'notify_3rd_wxa_auth_and_icp',
		name: 'Account Verification and ICP Filing',
		description: 'How the verification and ICP filing of a mini program go on together',
	},
	{
		infoType: 'notify_apply_icpfiling_result',
		name: 'ICP Filing Reviewed',
		description: "The result of the review of a mini program's ICP filing",
	},
	{
		infoType: 'notify_icpfiling_verify_result',
		name: 'ICP Filing: Face Check',
		description: 'The result of the face check of the person in charge of an ICP filing',
	},
	{
		infoType: 'notify_third_fasteregister',
		name: 'Mini Program Registered',
		description: 'A mini program that your platform registers has come to be, or why not',
	},
	{
		infoType: 'notify_third_fastregisterbetaapp',
		name: 'Trial Mini Program Registered',
		description: 'A trial mini program that your platform registers has come to be, or why not',
	},
	{
		infoType: 'notify_third_fastverifybetaapp',
		name: 'Trial Mini Program Verified',
		description: 'A trial mini program has become a regular one, or why not',
	},
] as const;

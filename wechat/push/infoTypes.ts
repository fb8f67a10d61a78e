/** What WeChat pushes to a component's event URL, from its pages for third-party platforms. */
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
] as const;

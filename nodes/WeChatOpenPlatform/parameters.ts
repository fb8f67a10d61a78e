import type { INodeProperties } from 'n8n-workflow';
import { getAuthorization } from './operations/getAuthorization';
import { getAuthorizationLink } from './operations/getAuthorizationLink';
import { getManyAuthorizations } from './operations/getManyAuthorizations';
import type { Operation } from './operations/operation';
import { startTicketPushes } from './operations/startTicketPushes';

export const OPERATIONS: readonly Operation[] = [
	getAuthorization,
	getAuthorizationLink,
	getManyAuthorizations,
	startTicketPushes,
];

export const parameters: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: OPERATIONS.map(({ entry }) => entry),
		default: 'getAuthorization',
	},
	...OPERATIONS.flatMap(({ entry, fields }) =>
		fields.map((field) => ({
			...field,
			displayOptions: { show: { operation: [entry.value], ...field.displayOptions?.show } },
		})),
	),
];

/** What the editor calls a parameter. */
export function findLabel(name: string): string {
	return parameters.find((parameter) => parameter.name === name)?.displayName ?? name;
}

import type { IDataObject } from 'n8n-workflow';
import type { Failed } from '../../../wechat/answer/envelope';
import { readAuthorizations, type Authorization } from '../../../wechat/openPlatform/answers';
import {
	AUTHORIZERS_AT_ONCE,
	buildAuthorizerListRequest,
} from '../../../wechat/openPlatform/requests';
import { toFields, toProblem, type Operation } from './operation';
import type { Provider } from './provider';

export const getManyAuthorizations: Operation = {
	entry: {
		name: 'Get Many Authorizations',
		value: 'getManyAuthorizations',
		action: 'Get many authorizations',
		description: 'Get the customers who have authorized the platform, with their refresh tokens',
	},
	fields: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
	],
	prepare(read) {
		const limit = read('returnAll') === true ? Infinity : readLimit(read('limit'));
		if (limit !== undefined) return async (provider) => await getMany(provider, limit);
		return toProblem(
			'the limit is no whole number of at least 1',
			'Enter such a number, or switch on Return All.',
		);
	},
};

function readLimit(value: unknown): number | undefined {
	const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const limit = isGiven ? Number(value) : NaN;
	return Number.isSafeInteger(limit) && limit >= 1 ? limit : undefined;
}

async function getMany(
	{ component, ask }: Provider,
	limit: number,
): Promise<IDataObject[] | Failed> {
	/** Each customer once: who authorizes meanwhile moves the others on to the next page. */
	const found = new Map<string, Authorization>();
	let offset = 0;
	for (;;) {
		const count = Math.min(limit - found.size, AUTHORIZERS_AT_ONCE);
		const range = { offset, count };
		const page = await ask(
			(token) => buildAuthorizerListRequest(component.componentAppId, token, range),
			readAuthorizations,
		);
		if (page.kind === 'failed') return page;
		const before = found.size;
		for (const one of page.authorizations) found.set(one.authorizerAppId, one);
		offset += page.entryCount;
		const isLast = page.entryCount === 0 || offset >= page.total || found.size >= limit;
		// Without a total, a page that brings nobody new would come for ever.
		const isEndless = page.total === Infinity && found.size === before;
		if (isLast || isEndless) return [...found.values()].slice(0, limit).map(toFields);
	}
}

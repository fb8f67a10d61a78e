import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { buildFunctionsRequest } from '../../../wechat/lists/listRequests';
import { readFunctions, toConsolePage, type CloudFunction } from '../../../wechat/lists/lists';
import { compareByName, holds, openLists } from './openLists';

const INSTEAD = 'Or choose By Name and type the name.';
/** Enough for most environments to show all at once, sorted. */
const SHOWN_AT_ONCE = 100;
/** For a search in a thousand functions; an environment has a few hundred at most. */
const MOST_REQUESTS = 50;

/**
 * The functions of the chosen environment.
 * @param filter part of the name; a mini program's list can't be searched at WeChat, so it is read through
 * @param paginationToken how many of WeChat's functions the earlier pages have covered
 */
export async function searchFunctions(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const environment = readEnvironment(this);
	const { asker, ask } = await openLists(this, INSTEAD);
	const search = filter.trim();
	const found: CloudFunction[] = [];
	let offset = Number(paginationToken) || 0;
	for (let requests = 1; ; requests++) {
		const request = buildFunctionsRequest(asker, { environment, offset, search });
		const { functions, total } = await ask(request, readFunctions);
		offset += functions.length;
		found.push(...functions.filter(({ name }) => holds(name, search)));
		const isAll = functions.length === 0 || offset >= total;
		if (isAll) return { results: toListItems(environment, found) };
		if (found.length >= SHOWN_AT_ONCE || requests >= MOST_REQUESTS) {
			return { results: toListItems(environment, found), paginationToken: String(offset) };
		}
	}
}

/** The editor sends what an expression gives, and nothing where it can't tell before a run. */
function readEnvironment(context: ILoadOptionsFunctions): string {
	const value: unknown = context.getCurrentNodeParameter('environment', { extractValue: true });
	const environment = typeof value === 'string' ? value.trim() : '';
	if (environment.startsWith('=')) throw explain(context, UNKNOWN_YET);
	if (environment !== '') return environment;
	throw explain(context, value === null ? UNKNOWN_YET : NOT_CHOSEN);
}

const NOT_CHOSEN = 'Choose an environment first.';
const UNKNOWN_YET =
	'The environment is an expression that has no value yet. Run the nodes before this one first.';

function explain(context: ILoadOptionsFunctions, message: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${message} ${INSTEAD}`);
}

/** Those that work first, by name. */
function toListItems(environment: string, functions: CloudFunction[]): INodeListSearchItems[] {
	return functions
		.sort((a, b) => Number(a.isBroken) - Number(b.isBroken) || compareByName(a.name, b.name))
		.map((item) => ({
			name: label(item),
			value: item.name,
			url: toConsolePage(environment, item.name),
		}));
}

function label({ name, status, isBroken }: CloudFunction): string {
	if (isBroken) return `${name} (broken: ${status})`;
	return status === '' || status === 'Active' ? name : `${name} (${status})`;
}

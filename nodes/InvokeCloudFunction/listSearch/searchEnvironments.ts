import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { buildEnvironmentsRequest } from '../../../wechat/lists/listRequests';
import { readEnvironments, toConsolePage, type Environment } from '../../../wechat/lists/lists';
import { compareByName, holds, openLists } from './openLists';

const INSTEAD = 'Or choose By ID and type the ID.';

/** The environments of the account in the credential. WeChat gives them all at once. */
export async function searchEnvironments(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const { asker, ask } = await openLists(this, INSTEAD);
	const { environments } = await ask(buildEnvironmentsRequest(asker), readEnvironments);
	const results = environments
		.filter(({ id, alias }) => holds(id, filter) || holds(alias, filter))
		.sort(
			(a, b) =>
				Number(a.problem !== '') - Number(b.problem !== '') ||
				compareByName(a.alias || a.id, b.alias || b.id),
		)
		.map(toListItem);
	return { results };
}

function toListItem({ id, alias, problem }: Environment): INodeListSearchItems {
	const [name, ...details] = [alias === id ? '' : alias, id, problem].filter((text) => text !== '');
	return {
		name: details.length === 0 ? name : `${name} (${details.join(', ')})`,
		value: id,
		url: toConsolePage(id),
	};
}

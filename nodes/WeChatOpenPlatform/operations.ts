import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Failed } from '../../wechat/outcome/outcome';
import {
	readAuthorization,
	readAuthorizations,
	readStarted,
	type Authorization,
} from '../../wechat/openPlatform/answers';
import {
	AUTHORIZERS_AT_ONCE,
	buildAuthorizerListRequest,
	buildQueryAuthRequest,
	buildStartPushRequest,
} from '../../wechat/openPlatform/requests';
import { askWithoutToken, type Provider } from './ask';
import type { Operation } from './parameters';

/** Does what the node is set to for one item; the json of the items that come of it, or why none do. */
export type Run = (
	context: IExecuteFunctions,
	itemIndex: number,
	provider: Provider,
) => Promise<IDataObject[] | Failed>;

export const OPERATIONS: Readonly<Record<Operation, Run>> = {
	getAuthorization,
	getManyAuthorizations,
	startTicketPushes,
};

async function getAuthorization(
	context: IExecuteFunctions,
	itemIndex: number,
	{ component, ask }: Provider,
): Promise<IDataObject[] | Failed> {
	const code = String(context.getNodeParameter('authorizationCode', itemIndex) ?? '').trim();
	const answer = await ask(
		(token) => buildQueryAuthRequest(component.componentAppId, token, code),
		readAuthorization,
	);
	return answer.kind === 'failed' ? answer : [toFields(answer.authorization)];
}

async function getManyAuthorizations(
	context: IExecuteFunctions,
	itemIndex: number,
	{ component, ask }: Provider,
): Promise<IDataObject[] | Failed> {
	const wantsAll = context.getNodeParameter('returnAll', itemIndex) === true;
	const limit = wantsAll ? Infinity : Number(context.getNodeParameter('limit', itemIndex));
	const found: Authorization[] = [];
	for (;;) {
		const offset = found.length;
		const count = Math.min(limit - offset, AUTHORIZERS_AT_ONCE);
		const page = await ask(
			(token) => buildAuthorizerListRequest(component.componentAppId, token, { offset, count }),
			readAuthorizations,
		);
		if (page.kind === 'failed') return page;
		found.push(...page.authorizations);
		const isLast = page.authorizations.length === 0 || found.length >= page.total;
		if (isLast || found.length >= limit) return found.slice(0, limit).map(toFields);
	}
}

async function startTicketPushes(
	context: IExecuteFunctions,
	_itemIndex: number,
	{ component, host }: Provider,
): Promise<IDataObject[] | Failed> {
	const { componentAppId, componentAppSecret } = component;
	const request = buildStartPushRequest(componentAppId, componentAppSecret);
	const answer = readStarted(await askWithoutToken(context, host, request));
	return answer.kind === 'failed' ? answer : [{ componentAppid: componentAppId, started: true }];
}

/** In the words of the trigger's items, so that rows of both fit together. */
function toFields(authorization: Authorization): IDataObject {
	const { authorizerAppId, refreshToken, permissionSets, authorizedAt } = authorization;
	return {
		authorizerAppid: authorizerAppId,
		authorizerRefreshToken: refreshToken,
		...(permissionSets && { permissionSets }),
		...(authorizedAt && { authTime: authorizedAt }),
	};
}

import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { CONFIGURATION } from '../../../wechat/codes/kinds';
import { toFailed, type Failed } from '../../../wechat/answer/envelope';
import type { Authorization } from '../../../wechat/openPlatform/answers';
import type { Provider } from './provider';

/** One thing the node can do: how the editor shows it, and how it is done for an item. */
export interface Operation {
	/** Its entry in the list of operations. */
	entry: INodePropertyOptions;
	/** Shown where it is chosen. */
	fields: INodeProperties[];
	/** Reads the parameters for one item. May throw: an expression of any of them can. */
	prepare(read: (name: string) => unknown): Operate | Failed;
}

/** Does it; the json of the items that come of it, or why none do. */
export type Operate = (provider: Provider) => Promise<IDataObject[] | Failed>;

/** For parameters that make no request. */
export function toProblem(what: string, hint: string): Failed {
	return toFailed({ ...CONFIGURATION, what, hint });
}

export function readText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** In the words of the trigger's items, so that rows of both fit together. */
export function toFields(authorization: Authorization): IDataObject {
	const { authorizerAppId, refreshToken, permissionSets, authorizedAt } = authorization;
	return {
		authorizerAppid: authorizerAppId,
		authorizerRefreshToken: refreshToken,
		...(permissionSets && { permissionSets }),
		...(authorizedAt !== undefined && { authTime: authorizedAt }),
	};
}

import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { WeChatCloudFunctionApi } from '../../../credentials/WeChatCloudFunctionApi.credentials';

export type CredentialStore = Map<string, ICredentialDataDecryptedObject>;

/**
 * n8n's rules for credentials, which live outside n8n-core: what is stored, when preAuthentication runs
 * and where its result goes. Written after n8n 2.41.1, dist/credentials-helper.js; encryption is left out.
 */
export class TestCredentialsHelper extends ICredentialsHelper {
	private readonly type: ICredentialType = new WeChatCloudFunctionApi();

	constructor(readonly store: CredentialStore) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (typeof this.type.authenticate !== 'function')
			throw new Error('authenticate is no function');
		return await this.type.authenticate(credentials, options);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const expirable = this.type.properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (expirable === undefined || this.type.preAuthentication === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output = (await this.type.preAuthentication.call(
			helpers,
			credentials,
		)) as ICredentialDataDecryptedObject;
		if (output[expirable.name] === undefined || node.credentials === undefined) return undefined;
		const { id } = node.credentials[typeName];
		const stored = this.read(id);
		const kept = Object.entries(output).filter(
			([key]) => key === expirable.name || !isExpression(stored[key]),
		);
		this.store.set(String(id), { ...stored, ...Object.fromEntries(kept) });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		throw new Error('Not prepared: runPreAuthentication');
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not prepared: getCredentials');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
		_type: string,
		mode: WorkflowExecuteMode,
		_executeData: unknown,
		_raw: unknown,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = NodeHelpers.getNodeParameters(
			this.type.properties,
			this.read(id) as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (resolve === undefined) return data;
		return resolve.workflow.expression.getParameterValue(
			data as never,
			resolve.runExecutionData,
			resolve.runIndex,
			resolve.itemIndex,
			resolve.node.name,
			resolve.connectionInputData,
			mode,
			{},
		) as unknown as ICredentialDataDecryptedObject;
	}

	async updateCredentials(): Promise<void> {
		throw new Error('Not prepared: updateCredentials');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('Not prepared: updateCredentialsOauthTokenData');
	}

	getCredentialsProperties(): INodeProperties[] {
		return this.type.properties;
	}

	private read(id: string | null): ICredentialDataDecryptedObject {
		const stored = this.store.get(String(id));
		if (stored === undefined) throw new Error(`Credential with ID "${id}" does not exist`);
		return stored;
	}
}

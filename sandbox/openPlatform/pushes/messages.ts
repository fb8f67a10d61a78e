/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- the names are those of WeChat's fields, the values are made up */
/** What a push tells, in WeChat's names and in its order. Text is CDATA, a number is bare, an object is elements within. */
export interface MessageFields {
	readonly [name: string]: string | number | MessageFields;
}

/** WeChat's XML. */
export function writeMessage(fields: MessageFields): string {
	return `<xml>${writeElements(fields)}</xml>`;
}

function writeElements(fields: MessageFields): string {
	const elements = Object.entries(fields).map(
		([name, value]) => `<${name}>${writeValue(value)}</${name}>`,
	);
	return elements.join('');
}

function writeValue(value: MessageFields[string]): string {
	if (typeof value === 'object') return writeElements(value);
	if (typeof value === 'number') return String(value);
	// The end of a CDATA within one is written in two.
	return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

const COMPANY = {
	name: 'Sandbox Tea Company',
	code: '91310000000000000X',
	code_type: 1,
	legal_persona_wechat: 'sandbox-dummy-wechat',
	legal_persona_name: 'Li Lei',
	component_phone: '13900000000',
};

/** What those tell that follow from nothing in the sandbox, beside AppId, CreateTime and InfoType. */
export const EXAMPLES: Readonly<Record<string, MessageFields>> = {
	notify_third_fasteregister: {
		appid: 'wx-sandbox-customer-1',
		status: 0,
		auth_code: 'queryauthcode@@@sandbox-dummy-example',
		msg: 'OK',
		info: COMPANY,
	},
	notify_third_fastregisterbetaapp: {
		appid: 'wx-sandbox-customer-1',
		status: 0,
		msg: 'OK',
		info: { unique_id: 'sandbox-trial-1', name: 'Sandbox Tea' },
	},
	notify_third_fastverifybetaapp: {
		appid: 'wx-sandbox-customer-1',
		status: 0,
		msg: 'OK',
		info: COMPANY,
	},
	notify_3rd_wxa_auth: {
		appid: 'wx-sandbox-customer-1',
		taskid: 'sandbox-task-1',
		task_status: 9,
		apply_status: 6,
		message: 'OK',
		dispatch_info: {
			provider: 'Sandbox Verifier',
			contact: '13900000000',
			dispatch_time: 1740787200,
		},
	},
	notify_3rd_wxa_wxverify: {
		appid: 'wx-sandbox-customer-1',
		expired: 1740787200,
		message: 'The verification is about to end.',
	},
	notify_3rd_wxa_auth_and_icp: {
		authorizer_appid: 'wx-sandbox-customer-1',
		procedure_id: 'sandbox-procedure-1',
		procedure_status: 12,
	},
	notify_apply_icpfiling_result: { authorizer_appid: 'wx-sandbox-customer-1', beian_status: 6 },
	notify_icpfiling_verify_result: {
		authorizer_appid: 'wx-sandbox-customer-1',
		is_finish: 1,
		task_id: 'sandbox-face-1',
	},
};

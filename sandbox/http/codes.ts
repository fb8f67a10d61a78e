/** What WeChat writes into errmsg, by errcode. */
const MESSAGES: Readonly<Record<number, string>> = {
	[-1]: 'system error',
	40001: 'invalid credential, access_token is invalid or not latest',
	40002: 'invalid grant_type',
	40013: 'invalid appid',
	40014: 'invalid access_token',
	40066: 'invalid url',
	40097: 'invalid args',
	40101: 'missing parameter',
	40125: 'invalid appsecret',
	41001: 'access_token missing',
	41002: 'appid missing',
	41004: 'appsecret missing',
	41018: 'component_appid missing',
	42001: 'access_token expired',
	43002: 'require POST method',
	44002: 'empty post data',
	45002: 'content size out of limit',
	45009: 'reach max api daily quota limit',
	45011: 'api minute-quota reach limit, must slower, retry next minute',
	47001: 'data format error',
	48001: 'api unauthorized',
	61003: 'component is not authorized by this account',
	61005: 'component ticket is expired',
	61006: 'component ticket is invalid',
	61010: 'code is expired',
	61011: 'invalid component',
	61014: 'must use component token for component api',
	61023: 'refresh_token is invalid',
	85088: 'no qbase privilege',
	[-501000]: 'env not exists',
	[-501003]: 'exceed request limit',
	[-501004]: 'exceed concurrent request limit',
	[-501005]: 'invalid env',
	[-501009]: 'resource is not initialized',
	[-504001]: 'functions request fail',
	[-604001]: 'response size exceeds 1 MB',
};

/** A code that is not in the table has no text, which WeChat's answers also show at times. */
export function describeCode(errcode: number): string {
	return MESSAGES[errcode] ?? '';
}

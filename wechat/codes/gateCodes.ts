import {
	BAD_DATA,
	BUSY,
	CONFIGURATION,
	CREDENTIAL,
	PROXY_HINT,
	QUOTA,
	RATE,
	TOO_LARGE,
	type Meaning,
} from './kinds';

const NEW_TOKEN_HINT =
	'The node requests a new token and repeats the call once by itself. A fixed token cannot be renewed: paste a new one into the credential.';
const NOTICE_HINT = 'Look for a notice in the WeChat console.';
const CONFIRM_HINT = 'The administrator confirms it in the message WeChat sent. Then run again.';
const API_HINT = 'Look up the state of this API on the WeChat developer site.';
const ADDRESS_HINT =
	'Add the address in the WeChat console under Development Settings, IP Whitelist.';

/**
 * What WeChat checks at its door, before it passes a call on: none of these codes runs a function.
 * Source: WeChat's page for invokeCloudFunction and its global return codes. One line per code.
 */
// prettier-ignore
export const GATE_CODES: Readonly<Record<number, Meaning>> = {
	40001: { ...CREDENTIAL, what: 'the access token is invalid or has been replaced by a newer one', hint: `Another service may be requesting tokens for the same app through /cgi-bin/token. ${NEW_TOKEN_HINT}` },
	40002: { ...CREDENTIAL, what: 'WeChat does not accept the grant type of the token request', hint: PROXY_HINT },
	40013: { ...CREDENTIAL, what: 'the App ID is wrong', hint: 'Copy the App ID from the WeChat console (Development Settings) into the credential.' },
	40014: { ...CREDENTIAL, what: 'the access token is not valid', hint: NEW_TOKEN_HINT },
	40066: { ...CONFIGURATION, what: "the address of the request is not one of WeChat's APIs", hint: PROXY_HINT },
	40097: { ...BAD_DATA, what: 'WeChat does not accept the arguments of the request', hint: 'Check the environment, the function name and the request data.' },
	40101: { ...CONFIGURATION, what: 'a required parameter is missing', hint: `Check that the environment and the function name are filled in. If they are, look further: ${PROXY_HINT}` },
	40125: { ...CREDENTIAL, what: 'the AppSecret is wrong', hint: 'Copy the AppSecret from the WeChat console (Development Settings) into the credential. If it was reset there, the old one no longer works.' },
	40164: { ...CREDENTIAL, what: "the IP address of n8n is not in the app's IP whitelist", hint: ADDRESS_HINT },
	40187: { ...CREDENTIAL, what: 'WeChat does not accept the IP address of n8n', hint: ADDRESS_HINT },
	40221: { ...CONFIGURATION, what: 'WeChat does not accept the encoding of the request', hint: PROXY_HINT },
	40222: { ...CONFIGURATION, what: 'WeChat does not serve this app on the API host of the credential', hint: 'Choose another API Host in the credential, api.weixin.qq.com as a rule.' },
	40243: { ...CREDENTIAL, what: 'the AppSecret is frozen', hint: 'Unfreeze it in the WeChat console under Development Settings.' },
	41001: { ...CREDENTIAL, what: 'WeChat received no access token', hint: `Check that the credential holds a token or can request one. If it does, look further: ${PROXY_HINT}` },
	41002: { ...CREDENTIAL, what: 'the App ID is missing', hint: 'Fill in the App ID in the credential.' },
	41004: { ...CREDENTIAL, what: 'the AppSecret is missing', hint: 'Fill in the AppSecret in the credential.' },
	41011: { ...BAD_DATA, what: 'a required field of the request is missing', hint: 'Check the environment, the function name and the request data.' },
	42001: { ...CREDENTIAL, what: 'the access token has expired', hint: NEW_TOKEN_HINT },
	43001: { ...CONFIGURATION, what: 'WeChat did not receive a GET request', hint: PROXY_HINT },
	43002: { ...CONFIGURATION, what: 'WeChat did not receive a POST request', hint: PROXY_HINT },
	43003: { ...CONFIGURATION, what: 'WeChat did not receive the request over HTTPS', hint: 'Let the custom API host in the credential begin with https://.' },
	44002: { ...BAD_DATA, what: 'WeChat received no request data', hint: PROXY_HINT },
	45002: { ...TOO_LARGE, what: 'the request data is too large', hint: 'Send less data per item, or smaller batches.' },
	45009: { ...QUOTA, what: 'the daily quota of this API is used up', hint: 'Wait until tomorrow, or clear the quota in the WeChat console.' },
	45011: { ...RATE, what: 'too many calls in this minute', hint: 'Run the item again in a minute.' },
	45035: { ...CREDENTIAL, what: "the IP address of n8n is not in the account's IP whitelist", hint: ADDRESS_HINT },
	45102: { ...BUSY, what: 'WeChat has blocked this API for a while', hint: `Run the item again later. ${NOTICE_HINT}` },
	45103: { ...CONFIGURATION, sharedBy: 'api', what: 'WeChat no longer supports this API', hint: API_HINT },
	45104: { ...QUOTA, what: 'the quota for this API host is used up', hint: 'Wait until tomorrow, or choose another API Host in the credential.' },
	47001: { ...BAD_DATA, what: 'WeChat could not read the request data', hint: 'Check that the request data is a JSON object.' },
	48001: { ...CREDENTIAL, sharedBy: 'api', what: 'this account may not call cloud functions with this kind of token', hint: 'Check the Token Mode in the credential and the permissions of the account.' },
	48004: { ...CREDENTIAL, sharedBy: 'api', what: 'WeChat has forbidden this API for the account', hint: NOTICE_HINT },
	48006: { ...CONFIGURATION, sharedBy: 'api', what: 'the quota of this API can not be cleared any more this month', hint: 'Wait until tomorrow, when the daily quota begins anew.' },
	48009: { ...CONFIGURATION, sharedBy: 'api', what: "the account's right to use this API has expired", hint: API_HINT },
	48012: { ...CREDENTIAL, what: 'WeChat does not accept this token', hint: 'Check the Token Mode in the credential. A fixed token is replaced by pasting a new one.' },
	50001: { ...CREDENTIAL, sharedBy: 'api', what: 'the account is not authorized for this API', hint: 'Check the permissions of the account in the WeChat console.' },
	50002: { ...CREDENTIAL, what: 'the account is limited by WeChat', hint: NOTICE_HINT },
	50003: { ...CREDENTIAL, what: 'the account is not among those that WeChat lets use this API', hint: NOTICE_HINT },
	50004: { ...CREDENTIAL, what: 'the account may not request access tokens', hint: NOTICE_HINT },
	50005: { ...CONFIGURATION, what: 'the user has not followed the account', hint: 'Ask the user to follow the official account.' },
	50007: { ...CREDENTIAL, what: 'the account is frozen', hint: NOTICE_HINT },
	85088: { ...CONFIGURATION, sharedBy: 'account', what: 'cloud development is not opened for this app', hint: 'Open cloud development for the mini program in the WeChat developer tools, then run again.' },
	89401: { ...BUSY, what: "WeChat's system is not stable", hint: 'Run the item again in a moment.' },
	89501: { ...CREDENTIAL, what: "an earlier request to confirm n8n's IP address waits for an administrator", hint: CONFIRM_HINT },
	89502: { ...CREDENTIAL, what: "n8n's IP address waits for an administrator to confirm it", hint: CONFIRM_HINT },
	89503: { ...CREDENTIAL, what: "an administrator must confirm n8n's IP address", hint: CONFIRM_HINT },
	89504: { ...CREDENTIAL, what: "n8n's IP address waits for an administrator to confirm it", hint: CONFIRM_HINT },
	89505: { ...CREDENTIAL, what: "n8n's IP address waits for an administrator to confirm it", hint: CONFIRM_HINT },
	89506: { ...CREDENTIAL, what: "an administrator has refused n8n's IP address", hint: 'Ask the administrator, and wait 24 hours before the next try.' },
	89507: { ...CREDENTIAL, what: "an administrator has refused n8n's IP address", hint: 'Ask the administrator, and wait 1 hour before the next try.' },
};

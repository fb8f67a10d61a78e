import { CONFIGURATION, CREDENTIAL, type Meaning } from './kinds';

export const COMPONENT_HINT = "Check the service provider's settings in the credential.";
const COMPONENT_TOKEN_HINT =
	'The node requests a new one by itself. Where it does not help, check the component App ID, its secret and the ticket in the credential.';
const AUTHORIZE_HINT =
	'Ask the account to authorize again and put the new refresh token into the credential.';
const TICKET_HINT =
	'Put the newest ticket into the credential. WeChat pushes one every 10 minutes.';
const PUBLISH_HINT = 'Look at the state of the third-party platform in the WeChat Open Platform.';

/**
 * What WeChat checks at its door of a service provider and its customers: none of these runs a function.
 * Source: WeChat's global return codes for third-party platforms. One line per code.
 */
// prettier-ignore
export const PROVIDER_CODES: Readonly<Record<number, Meaning>> = {
	40030: { ...CREDENTIAL, what: 'the authorizer refresh token is not valid', hint: AUTHORIZE_HINT },
	41003: { ...CREDENTIAL, what: 'the authorizer refresh token is missing', hint: 'Fill in the refresh token in the credential.' },
	41018: { ...CREDENTIAL, what: 'the component App ID is missing', hint: COMPONENT_HINT },
	41019: { ...CREDENTIAL, what: 'the component AppSecret is missing', hint: COMPONENT_HINT },
	41020: { ...CREDENTIAL, what: 'the component verify ticket is missing', hint: TICKET_HINT },
	41021: { ...CREDENTIAL, what: 'the component access token is missing', hint: COMPONENT_TOKEN_HINT },
	42002: { ...CREDENTIAL, what: 'the authorizer refresh token has expired', hint: AUTHORIZE_HINT },
	42006: { ...CREDENTIAL, what: 'the component access token has expired', hint: COMPONENT_TOKEN_HINT },
	42007: { ...CREDENTIAL, what: 'the tokens ended when the owner of the account changed the password', hint: AUTHORIZE_HINT },
	61003: { ...CREDENTIAL, what: 'the account has not authorized this service provider', hint: 'Ask the account to authorize the service provider.' },
	61004: { ...CREDENTIAL, what: 'the IP address of n8n is not registered for the service provider', hint: 'Add the address in the WeChat Open Platform under the whitelist of the third-party platform.' },
	61005: { ...CREDENTIAL, what: 'the component verify ticket has expired', hint: TICKET_HINT },
	61006: { ...CREDENTIAL, what: 'the component verify ticket is not valid', hint: TICKET_HINT },
	61007: { ...CREDENTIAL, sharedBy: 'api', what: 'the account has not granted this permission to the service provider', hint: 'Ask the account to authorize the cloud development permission set (49 or 64).' },
	61009: { ...CONFIGURATION, what: 'the authorization code is not valid', hint: 'A code is good once and for a short time. Let the customer authorize again.' },
	61011: { ...CREDENTIAL, what: 'the component App ID or its secret is not valid', hint: COMPONENT_HINT },
	61014: { ...CREDENTIAL, what: 'this call needs the component access token', hint: 'Check the Token Mode in the credential.' },
	61015: { ...CREDENTIAL, what: "this call needs the customer's access token, not the component's", hint: 'Check the Token Mode in the credential.' },
	61016: { ...CONFIGURATION, what: "the service provider's category must be confirmed", hint: 'Confirm it in the WeChat Open Platform.' },
	61023: { ...CREDENTIAL, what: 'the authorizer refresh token is not valid', hint: AUTHORIZE_HINT },
	61024: { ...CREDENTIAL, what: "a service provider's token is not requested as a mini program's", hint: 'Choose a Token Mode for service providers in the credential.' },
	61028: { ...CREDENTIAL, what: 'the third-party platform is not published', hint: PUBLISH_HINT },
	61029: { ...CREDENTIAL, what: 'the third-party platform must be published anew with its base permissions', hint: PUBLISH_HINT },
	61061: { ...CREDENTIAL, what: 'WeChat does not let accounts from abroad use this', hint: PUBLISH_HINT },
};

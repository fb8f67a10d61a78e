declare module 'wechat-crypto' {
	class WXBizMsgCrypt {
		constructor(token: string, encodingAESKey: string, appId: string);
		getSignature(timestamp: string, nonce: string, encrypt: string): string;
		encrypt(message: string): string;
		decrypt(text: string): { message: string; id: string };
	}
	export default WXBizMsgCrypt;
}

import { parseOrigin } from '../../../wechat/hosts';
import { buildInvokeRequest } from '../../../wechat/invoke/request';
import { findTargetProblem } from '../../../wechat/invoke/target';

const nameIsGood = (functionName: string) =>
	findTargetProblem({ environment: 'shop-demo', functionName }) === undefined;

test.each(['ab', 'orderTotal', 'order-total_2', `a${'b'.repeat(59)}`])(
	'"%s" is a function name',
	(name) => expect(nameIsGood(name)).toBe(true),
);

test.each(['a', '1a', 'a-', 'a/b', 'a b', '云函数', 'a.b', `a${'b'.repeat(60)}`])(
	'"%s" is no function name',
	(name) => expect(nameIsGood(name)).toBe(false),
);

test('environment and name go into the query, and the body is the request data itself', () => {
	const target = { environment: 'shop-demo', functionName: 'echo' };
	expect(buildInvokeRequest(target, '{"a":1}')).toEqual({
		method: 'POST',
		path: '/tcb/invokecloudfunction',
		query: { env: 'shop-demo', name: 'echo' },
		body: '{"a":1}',
	});
});

test.each([
	['https://proxy.example.com', 'https://proxy.example.com'],
	[' http://127.0.0.1:5700/ ', 'http://127.0.0.1:5700'],
	['proxy.example.com', undefined],
	['ftp://proxy.example.com', undefined],
	['https://proxy.example.com/path', undefined],
	['https://user@proxy.example.com?x=1', undefined],
])('the origin of "%s" is %s', (text, origin) => {
	expect(parseOrigin(text)).toBe(origin);
});

import type { WholeAnswer } from '../http/answers';

/** Where the fault `redirect` sends its caller. */
export const LOGIN_PAGE_PATH = '/sandbox/login';

/** What a proxy sends to those who have not logged in. */
export const LOGIN_PAGE: WholeAnswer = {
	kind: 'raw',
	status: 200,
	body: '<html><body>Please log in</body></html>',
};

import { readStarted } from '../../../wechat/openPlatform/answers';
import { buildStartPushRequest } from '../../../wechat/openPlatform/requests';
import type { Operation } from './operation';

export const startTicketPushes: Operation = {
	entry: {
		name: 'Start Ticket Pushes',
		value: 'startTicketPushes',
		action: 'Start ticket pushes',
		description: 'Make WeChat push component verify tickets to the platform, again or at first',
	},
	fields: [],
	prepare:
		() =>
		async ({ component: { componentAppId, componentAppSecret }, askWithoutToken }) => {
			const request = buildStartPushRequest(componentAppId, componentAppSecret);
			const answer = readStarted(await askWithoutToken(request));
			if (answer.kind === 'failed') return answer;
			const { wasRunning } = answer;
			return [{ componentAppid: componentAppId, started: true, wasRunning }];
		},
};

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import type { AddressInfo } from 'node:net';
import express from 'express';

/** The part of a request to OpenAI's chat completions that matters here. */
export interface ModelRequest {
	tools?: Array<{ function: OfferedTool }>;
	messages: Message[];
}

export interface OfferedTool {
	name: string;
	description: string;
	/** JSON schema */
	parameters: { properties: Record<string, unknown>; required?: string[] };
}

interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: unknown;
}

/** By what the user says: the arguments of each tool call the model makes, all in one turn. */
export type Script = Readonly<Record<string, readonly object[]>>;

/**
 * Stands in for OpenAI's API. Where a conversation holds no tool result yet, it calls the first tool offered
 * as the script says; then it repeats what the tools gave, one line for each call.
 */
export async function startModelServer(script: Script) {
	const requests: ModelRequest[] = [];
	const app = express();
	app.use(express.json({ limit: '5mb' }));
	app.post('/chat/completions', (request, response) => {
		const body = request.body as ModelRequest;
		requests.push(body);
		const results = listToolResults(body);
		const calls = script[findPrompt(body)] ?? [];
		const isDone = results.length > 0 || calls.length === 0;
		const message = isDone ? { content: results.join('\n') } : callTool(body, calls);
		response.json({
			id: 'chatcmpl-example',
			object: 'chat.completion',
			created: 0,
			model: 'example-model',
			choices: [
				{
					index: 0,
					finish_reason: isDone ? 'stop' : 'tool_calls',
					message: { role: 'assistant', ...message },
				},
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		});
	});
	const server = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		/** The requests of one conversation, in their order. */
		listRequests: (prompt: string) => requests.filter((request) => findPrompt(request) === prompt),
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}

/** What the tools gave, as the model was sent it. */
export function listToolResults({ messages }: ModelRequest): string[] {
	return messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
}

function findPrompt({ messages }: ModelRequest): string {
	const content = messages.find(({ role }) => role === 'user')?.content;
	if (!Array.isArray(content)) return String(content);
	return content.map(({ text }: { text?: string }) => text ?? '').join('');
}

function callTool({ tools = [] }: ModelRequest, calls: readonly object[]) {
	return {
		content: null,
		tool_calls: calls.map((parameters, i) => ({
			id: `call_${i}`,
			type: 'function',
			function: { name: tools[0].function.name, arguments: JSON.stringify(parameters) },
		})),
	};
}

/* eslint-disable no-console -- a mistake of the sandbox's own shows where it runs */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { fail, type Reply } from './answers';
import { sendReply } from './sending';

const REQUEST_LIMIT = '6mb';

export type Handler = (request: Request) => Reply | Promise<Reply>;
/** Reads the body by itself, as it comes: it may be larger than any other. */
export type StreamHandler = Handler;
export type Recorder = (request: Request, reply: Reply) => void;

/** Serves each path for every method, as the handlers themselves say what is allowed. */
export function createWeb(
	handlers: Readonly<Record<string, Handler>>,
	streams: Readonly<Record<string, StreamHandler>>,
	record: Recorder,
): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');

	const respond = (request: Request, response: Response, reply: Reply) => {
		record(request, reply);
		sendReply(response, reply);
	};
	const serve = (served: Readonly<Record<string, Handler>>) => {
		for (const [path, handle] of Object.entries(served)) {
			app.all(path, async (request, response) => respond(request, response, await handle(request)));
		}
	};
	serve(streams);
	app.use(express.raw({ type: () => true, limit: REQUEST_LIMIT }));
	serve(handlers);
	app.use((request, response) => respond(request, response, { answer: fail(40066) }));
	app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
		if (response.headersSent) return next(error);
		if (!isOfRequest(error)) console.error(error);
		respond(request, response, { answer: fail(isTooLarge(error) ? 45002 : -1) });
	});
	return app;
}

/** What is wrong with the request itself bears an HTTP status; or the caller hung up before its end. */
function isOfRequest(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return 'status' in error || ('code' in error && error.code === 'ECONNRESET');
}

function isTooLarge(error: unknown): boolean {
	return error instanceof Error && 'type' in error && error.type === 'entity.too.large';
}

import type { PushResult } from './deliver';
import type { MessageFields } from './messages';

/** What a test does with pushes. Each resolves when the push is answered, or has been sent in vain. */
export interface PushControls {
	/** Where a component's pushes go from now on; `undefined`: nowhere. */
	setEventUrl(componentAppId: string, eventUrl: string | undefined): void;
	/** Pushes a ticket now and then again and again; `undefined`: no longer. */
	scheduleTickets(componentAppId: string, everyMs: number | undefined): void;
	/** A new ticket, which is good from now on, whatever comes of the push. */
	pushTicket(componentAppId: string): Promise<PushResult>;
	/** A customer authorizes the component: the given one, or a new one. */
	authorize(componentAppId: string, appId?: string): Promise<PushResult>;
	/** A customer changes what it has authorized. */
	updateAuthorization(componentAppId: string, appId: string): Promise<PushResult>;
	/** A customer cancels its authorization. */
	cancelAuthorization(componentAppId: string, appId: string): Promise<PushResult>;
	/** Pushes what follows from nothing in the sandbox, of any InfoType. */
	tell(componentAppId: string, infoType: string, telling?: Telling): Promise<PushResult>;
}

/** What a push of any InfoType says, and how. Plain data, see README.md. */
export interface Telling {
	/** Over those of the example of this InfoType. */
	fields?: MessageFields;
	/** The message itself, in place of all fields. */
	message?: string;
	/** By so much the clock of WeChat is behind. */
	secondsLate?: number;
	/** Comes as a message of a customer's account, which belongs to another address. */
	asMessage?: boolean;
}

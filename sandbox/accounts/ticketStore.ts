import type { Component } from './components';
import { createBoundedMap } from '../http/bounded';
import { createRandomHex } from '../http/ids';

const TICKET_LIFETIME_MS = 12 * 3_600_000;

export type TicketStore = ReturnType<typeof createTicketStore>;

/** The tickets that were pushed, each good for 12 hours, beside the one that is good for ever. */
export function createTicketStore(now: () => number) {
	const pushed = createBoundedMap<{ appId: string; expiresAt: number }>();

	/** A new ticket; the ones before it stay good until their time is over. */
	function create({ appId }: Component): string {
		const ticket = `ticket@@@sandbox-dummy-${createRandomHex(32)}`;
		pushed.set(ticket, { appId, expiresAt: now() + TICKET_LIFETIME_MS });
		return ticket;
	}

	/** Why a ticket may not be used: it is over, or not this component's. */
	function refuse(component: Component, given: unknown): 61005 | 61006 | undefined {
		if (given === component.ticket) return undefined;
		if (given === component.expiredTicket) return 61005;
		const ticket = pushed.get(String(given));
		if (ticket?.appId !== component.appId) return 61006;
		return now() < ticket.expiresAt ? undefined : 61005;
	}

	return { create, refuse };
}

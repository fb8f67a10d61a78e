/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { isDeepStrictEqual } from 'node:util';
import type { Client } from './client';
import type { Fact } from './fact';

/** What each fact is taken for, by its id: see sandbox/expectations.json. */
export type Expectations = Record<string, Record<string, unknown> | undefined>;

export interface Finding {
	fact: Fact;
	verdict: 'holds' | 'differs' | 'not tried';
	expected: Record<string, unknown> | undefined;
	seen?: Record<string, unknown>;
	/** WeChat's own, secrets removed; or why it was not tried. */
	words: string;
}

/**
 * Tries one fact after the other.
 * @param agrees asked before whatever costs or changes something
 */
export async function* checkFacts(
	facts: readonly Fact[],
	client: Client,
	expectations: Expectations,
	agrees: (fact: Fact) => Promise<boolean>,
): AsyncGenerator<Finding> {
	for (const fact of facts) {
		const expected = expectations[fact.id];
		if (fact.asks !== undefined && !(await agrees(fact))) {
			yield { fact, verdict: 'not tried', expected, words: 'not wanted' };
			continue;
		}
		try {
			const observation = await fact.observe(client);
			if (observation === undefined) {
				yield { fact, verdict: 'not tried', expected, words: 'could not be brought about here' };
				continue;
			}
			const { seen, words } = observation;
			const verdict = isDeepStrictEqual(seen, expected) ? 'holds' : 'differs';
			yield { fact, verdict, expected, seen, words: client.redact(words) };
		} catch (error) {
			const words = client.redact(`no answer: ${(error as Error).message}`);
			yield { fact, verdict: 'not tried', expected, words };
		}
	}
}

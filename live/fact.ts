import type { Client, LiveAnswer } from './client';

/** What was seen of a fact: the fields that are compared, and WeChat's own words beside them. */
export interface Observation {
	seen: Record<string, unknown>;
	words: string;
}

/** Something that the documents say and nobody has measured. */
export interface Fact {
	/** Its name in sandbox/expectations.json. */
	id: string;
	/** As a person would ask it. */
	question: string;
	/** What it costs or changes; asked before. Absent: one call of the function at most. */
	asks?: string;
	/** undefined where it can't be tried; throws where no answer comes. */
	observe(client: Client): Promise<Observation | undefined>;
}

/** The errcode alone. */
export function code(answer: LiveAnswer): Observation {
	return look(answer, {});
}

/** The errcode (the HTTP status where there is none), and what else is compared. */
export function look(
	answer: LiveAnswer,
	fields: Record<string, unknown>,
	words: unknown = answer.errmsg,
): Observation {
	const { errcode, status, elapsedMs } = answer;
	const seen = errcode === null ? { status, ...fields } : { errcode, ...fields };
	return { seen, words: `${String(words ?? '').slice(0, 200)} (${elapsedMs} ms)` };
}

/** The return value of the function, if it is JSON. */
export function readResult<T>({ fields }: LiveAnswer): T | undefined {
	try {
		return (JSON.parse(String(fields.resp_data)) ?? undefined) as T | undefined;
	} catch {
		return undefined;
	}
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../../../n8n/session';
import { TEST_TIMEOUT_MS } from './realN8n';

const POLL_MS = 100;

interface Table {
	id: string;
	name: string;
	projectId: string;
}

/** A row of the examples' tables. n8n numbers the rows of a table one after the other. */
export type Row = Record<string, string> & { id: number; createTime: number };

/** The rows of a data table, once they are as they should be; n8n fills it in the background. */
export async function waitForDataTable(
	session: Session,
	name: string,
	isDone: (rows: Row[]) => boolean,
): Promise<Row[]> {
	for (let left = TEST_TIMEOUT_MS / POLL_MS; left > 0; left--) {
		const { data } = (await session.request('GET', '/data-tables-global')) as { data: Table[] };
		const table = data.find((one) => one.name === name);
		if (table !== undefined) {
			const address = `/projects/${table.projectId}/data-tables/${table.id}/rows?take=250`;
			const rows = (await session.request('GET', address)) as { data: Row[] };
			if (isDone(rows.data)) return rows.data;
		}
		await pause(POLL_MS);
	}
	throw new Error(`The table ${name} did not become what it should be.`);
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createRequire } from 'node:module';
import { BinaryDataService, FileLocation } from 'n8n-core';
import type { IBinaryData, INodeExecutionData, IRun } from 'n8n-workflow';

/** How n8n keeps files: in the items themselves, or on disk with their IDs in the items. */
export type FileMode = 'memory' | 'disk';

/** The engine's own, as other packages bring other versions of it. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: new (...args: never[]) => T): T };
};
const service = () => Container.get(BinaryDataService);

/** Sets how the engine keeps files, for the tests of a block; otherwise it keeps them in memory. */
export function useFileMode(mode: FileMode): void {
	if (mode === 'memory') return;
	beforeAll(async () => await service().init());
	afterAll(() => {
		Object.assign(service(), { managers: {} });
	});
}

/** A file as a node before would have made it. */
export async function makeFile(
	content: Buffer,
	fileName: string,
	mimeType = 'application/octet-stream',
): Promise<IBinaryData> {
	const place = FileLocation.ofExecution('test', '1');
	return await service().store(place, content, { data: '', mimeType, fileName });
}

/** Where the engine keeps the bytes of a file that it keeps on disk. */
export function findPlace({ id = '' }: IBinaryData): string {
	return service().getPath(id);
}

/** What left a node, files included. */
export function itemsWithFiles(run: IRun, nodeName: string, output = 0): INodeExecutionData[] {
	return run.data.resultData.runData[nodeName]?.[0]?.data?.main[output] ?? [];
}

export async function readFile(file: IBinaryData | undefined): Promise<Buffer> {
	return file === undefined ? Buffer.alloc(0) : await service().getAsBuffer(file);
}

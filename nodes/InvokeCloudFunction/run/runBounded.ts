/**
 * Does `work` for every job, started in their order, at most `limit` at a time. A job is taken only when
 * there is room for it. Once a work resolves with false, none is started any more; those under way are
 * waited for.
 */
export async function runBounded<T>(
	jobs: AsyncIterator<T>,
	limit: number,
	work: (job: T) => Promise<boolean>,
): Promise<void> {
	let goOn = true;
	const worker = async () => {
		while (goOn) {
			const { done, value } = await jobs.next();
			if (done || !goOn) return;
			if (!(await work(value))) goOn = false;
		}
	};
	await Promise.all(Array.from({ length: limit }, worker));
}

/**
 * Does `work` for 0 to count - 1, started in this order, at most `limit` at a time.
 * Once a work resolves with false, none is started any more; those under way are waited for.
 */
export async function runBounded(
	count: number,
	limit: number,
	work: (index: number) => Promise<boolean>,
): Promise<void> {
	let next = 0;
	let goOn = true;
	const worker = async () => {
		while (goOn && next < count) {
			if (!(await work(next++))) goOn = false;
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, count) }, worker));
}

type Close = () => Promise<void>;

/** What has been opened one after the other. */
export interface Opened {
	add(close: Close): void;
	/** The last one opened is closed first. */
	close(): Promise<void>;
}

/** Opens several things as one; a failure closes those that are open already. */
export async function openTogether<T>(open: (opened: Opened) => Promise<T>): Promise<T> {
	let steps: Close[] = [];
	const opened: Opened = {
		add(close) {
			steps.unshift(close);
		},
		async close() {
			const closing = steps;
			steps = [];
			for (const close of closing) await close();
		},
	};
	return await open(opened).catch(async (error: Error) => {
		await opened.close();
		throw error;
	});
}

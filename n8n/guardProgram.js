// Ends what a process leaves behind, however it ended: by Ctrl-C, by SIGKILL, or by a test runner that takes no notice.
// Plain JavaScript, so that it starts without a compiler. Reads one line per change from its standard input:
// "+ <process group id>", "- <process group id>", "+ <folder>", "- <folder>". The end of the input is the end of the process.
const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

const charges = new Set();
const lines = createInterface({ input: process.stdin });

lines.on('line', (line) => {
	const charge = line.slice(2);
	if (line.startsWith('+')) charges.add(charge);
	else charges.delete(charge);
});

lines.on('close', () => {
	const groups = [...charges].filter((charge) => /^\d+$/.test(charge));
	for (const group of groups) endGroup(Number(group));
	for (const folder of charges) {
		if (!groups.includes(folder)) removeFolder(folder);
	}
});

function endGroup(group) {
	try {
		process.kill(-group, 'SIGKILL');
	} catch {
		// It is gone already.
	}
}

/** The programs that wrote into it may take a moment to be gone: hence the retries. */
function removeFolder(folder) {
	rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** More lines of a stack are not looked at. */
const LOOKED_AT_LENGTH = 2000;

/** The line of a stack that names what was thrown: `TypeError: x is not a function`, Python's `ValueError: x`. */
const NAMED = /^[\w.$]{0,80}(?:Error|Exception)\b: ?\S/;
/** What only says where. */
const PLACE = /^(?:at\s|Traceback \(|File "|[\^~]+$|\S+:\d+$|Error:?$)/;

/** What was thrown, in one line, out of an error's text or stack; '' if it says nothing. */
export function takeThrown(text: string): string {
	const lines = text
		.slice(0, LOOKED_AT_LENGTH)
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !PLACE.test(line));
	const isStack = lines.length > 0 && text.trim().split('\n', 1)[0].trim() !== lines[0];
	const named = isStack ? lines.find((line) => NAMED.test(line)) : undefined;
	return (named ?? lines[0] ?? '').replace(/^Error: ?/, '');
}

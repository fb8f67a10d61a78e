/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import { insertTables, TABLES } from '../../scripts/codeTable';

const ERRCODES = readFileSync('docs/errcodes.md', 'utf8');

test.each(Object.entries(TABLES))(
	'what %s has out of the code is as the code has it (npm run docs writes it)',
	(file, tables) => {
		const document = readFileSync(file, 'utf8');
		expect(document).toBe(insertTables(document, tables));
	},
);

/** Codes that people were seen to get from WeChat, CloudBase and its SDKs. */
const MET = [
	...[
		-1, -1000, 40001, 40013, 40014, 40030, 40066, 40097, 40101, 40125, 40164, 40187, 40221, 40222,
	],
	...[40243, 41001, 41002, 41003, 41004, 41011, 41018, 41019, 41020, 41021, 42001, 42002, 42006],
	...[42007, 43001, 43002, 43003, 44002, 45002, 45009, 45011, 45035, 45102, 45103, 45104, 47001],
	...[48001, 48004, 48006, 48009, 48012, 50001, 50002, 50003, 50004, 50005, 50007],
	...[61003, 61004, 61005, 61006, 61007, 61009, 61011, 61014, 61015, 61016, 61023, 61024, 61028],
	...[61029, 61061, 85088, 89401, 89501, 89502, 89503, 89504, 89505, 89506, 89507],
	...[-401001, -401002, -401003, -404006, -404011, -404012, -405015],
	...[-501000, -501001, -501002, -501003, -501004, -501005, -501006, -501007, -501008, -501009],
	...[-501023, -504001, -504002, -504003, -601001, -601002, -601003, -601004, -601008, -601010],
	...[-601011, -601012, -601013, -601015, -601016, -601017, -601018, -601022, -601023, -601027],
	...[-601031, -601034, -604001, -605101, -606001, -606002, -606003, -606006],
];

test.each(MET)('docs/errcodes.md has a line for %i', (code) => {
	expect(ERRCODES).toContain(`\n| ${code} | `);
});

test.each([
	...['FUNCTION_TIME_LIMIT_EXCEEDED', 'FUNCTIONS_TIME_LIMIT_EXCEEDED', 'FUNCTION_NOT_FOUND'],
	...['FUNCTION_MEMORY_LIMIT_EXCEEDED', 'FUNCTION_INVOCATION_FAILED', 'FUNCTION_STATUS_ABNORMAL'],
	...['ENV_NOT_READY', 'INVALID_ENV', 'FUNCTION_PARAM_INVALID', 'EXCEED_MAX_PAYLOAD_SIZE'],
	...[
		'EXCEED_AUTHORITY',
		'ACTION_FORBIDDEN',
		'EXCEED_CONCURRENT_REQUEST_LIMIT',
		'EXCEED_RATELIMIT',
	],
])('docs/errcodes.md says what %s means', (word) => {
	expect(ERRCODES).toContain(`\`${word}\``);
});

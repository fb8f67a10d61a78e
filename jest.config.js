// `package` needs nothing but node_modules, `e2e` runs a real n8n, `queue` runs it with workers, `ui` in a browser.
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	// The lock files of n8n: their package.json all bear one name.
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/n8n/versions/'],
};

module.exports = {
	// What takes half a second alone may take many on a busy machine; nothing waits for this by design.
	testTimeout: 30_000,
	projects: [
		{
			...shared,
			displayName: 'package',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: ['<rootDir>/test/(e2e|queue|ui)/'],
			setupFiles: ['<rootDir>/test/engine/environment.ts'],
			testEnvironment: '<rootDir>/test/jest/environment.js',
			runtime: '<rootDir>/test/jest/runtime.js',
		},
		{
			...shared,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
			globalSetup: '<rootDir>/test/e2e/harness/installOnce.ts',
		},
		{
			...shared,
			displayName: 'queue',
			testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
			globalSetup: '<rootDir>/test/queue/harness/installOnce.ts',
		},
		{
			...shared,
			displayName: 'ui',
			testMatch: ['<rootDir>/test/ui/**/*.test.ts'],
			globalSetup: '<rootDir>/test/ui/harness/prepare.ts',
		},
	],
};

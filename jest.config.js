// Three projects: `package` needs nothing but node_modules, `e2e` runs a real n8n, `ui` one in a browser.
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

module.exports = {
	projects: [
		{
			...shared,
			displayName: 'package',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: ['<rootDir>/test/e2e/', '<rootDir>/test/ui/'],
			setupFiles: ['<rootDir>/test/engine/harness/environment.ts'],
		},
		{
			...shared,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
			globalSetup: '<rootDir>/test/e2e/harness/installOnce.ts',
		},
		{
			...shared,
			displayName: 'ui',
			testMatch: ['<rootDir>/test/ui/**/*.test.ts'],
			globalSetup: '<rootDir>/test/ui/harness/prepare.ts',
		},
	],
};

declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** The ESLint configuration the scanner checks packages with. */
	export function buildScanConfig(): Promise<unknown[]>;
	export const SOURCE_FILE_PATTERNS: string[];
}

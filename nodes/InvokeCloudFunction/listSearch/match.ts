/** Whether a text holds what was typed into the search, in capital letters or not. */
export function holds(text: string, filter: string): boolean {
	return text.toLowerCase().includes(filter.trim().toLowerCase());
}

export function compareByName(a: string, b: string): number {
	return a.localeCompare(b, 'en', { sensitivity: 'base', numeric: true });
}

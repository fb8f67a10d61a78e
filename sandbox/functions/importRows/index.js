// Imports the rows of a sheet, in batches: `items`, each with an `itemId`. One status per row, in their order.

// Lives as long as the function's instance. A row that is sent again is not imported a second time.
const imported = new Set();

exports.main = async ({ items, userInfo }) => {
	if (!Array.isArray(items)) throw new Error('items is not a list of rows');
	return items.map((item, index) => ({
		row: item.row ?? index + 1,
		status: importOnce(item.itemId, userInfo.appId),
	}));
};

/** A row without an id cannot be recognized, so it is imported every time. */
function importOnce(itemId, appId) {
	if (itemId === undefined) return 'imported';
	const id = `${appId}/${itemId}`;
	if (imported.has(id)) return 'skipped';
	imported.add(id);
	return 'imported';
}

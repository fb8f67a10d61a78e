// Writes the sales of a day (`date`) into a file that a spreadsheet opens, and returns its file ID.
const cloud = require('wx-server-sdk');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });

const SALES = [
	{ date: '2025-03-01', shop: 'Chengdu', orders: 42, revenue: 3186.5 },
	{ date: '2025-03-01', shop: 'Hangzhou', orders: 57, revenue: 4410 },
	{ date: '2025-03-02', shop: 'Chengdu', orders: 38, revenue: 2904.8 },
	{ date: '2025-03-02', shop: 'Hangzhou', orders: 61, revenue: 4733.2 },
];
// Tells spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK = '\uFEFF';

exports.main = async ({ date = '2025-03-02' }) => {
	const rows = SALES.filter((row) => row.date === date);
	if (rows.length === 0) throw new Error(`there are no sales for ${date}`);
	const lines = rows.map(({ shop, orders, revenue }) => [shop, orders, revenue].join(','));
	const { fileID } = await cloud.uploadFile({
		cloudPath: `reports/sales ${date}.csv`,
		fileContent: Buffer.from([`${BYTE_ORDER_MARK}shop,orders,revenue`, ...lines, ''].join('\r\n')),
	});
	const revenue = rows.reduce((sum, row) => sum + Math.round(row.revenue * 100), 0) / 100;
	return { date, shops: rows.length, revenue, report: fileID };
};

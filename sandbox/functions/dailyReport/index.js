// Sales per day and shop, as rows; `from`, `to` (dates) and `shop` narrow it down.
const SALES = [
	{ date: '2025-03-01', shop: 'Chengdu', orders: 42, revenue: 3186.5 },
	{ date: '2025-03-01', shop: 'Hangzhou', orders: 57, revenue: 4410 },
	{ date: '2025-03-02', shop: 'Chengdu', orders: 38, revenue: 2904.8 },
	{ date: '2025-03-02', shop: 'Hangzhou', orders: 61, revenue: 4733.2 },
	{ date: '2025-03-03', shop: 'Chengdu', orders: 29, revenue: 2210 },
	{ date: '2025-03-03', shop: 'Hangzhou', orders: 44, revenue: 3399.9 },
];

exports.main = async ({ from, to, shop }) =>
	SALES.filter(
		(row) => (!from || row.date >= from) && (!to || row.date <= to) && (!shop || row.shop === shop),
	);

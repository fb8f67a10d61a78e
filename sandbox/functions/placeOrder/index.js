// Places an order once, however often the same one is sent: `invocationId` tells which it is.

// Stands in for a collection of the database with the invocationId as `_id`: there a second `add` fails, and the function
// then reads the order that is there. Lives as long as the function's instance.
const accounts = new Map();

exports.main = async ({ invocationId, product, quantity = 1, list, userInfo }) => {
	const orders = accounts.get(userInfo.appId) ?? new Map();
	accounts.set(userInfo.appId, orders);
	if (list) return [...orders.values()];
	if (!invocationId) throw new Error('invocationId is missing');
	if (!product) throw new Error('product is missing');

	if (!orders.has(invocationId)) place(orders, { invocationId, product, quantity });
	const order = orders.get(invocationId);
	order.timesSent += 1;
	const { timesSent, ...result } = order;
	return result;
};

/** What must not happen twice. */
function place(orders, wish) {
	orders.set(wish.invocationId, { orderNumber: orders.size + 1, ...wish, timesSent: 0 });
}

// Places an order once, however often the same one is sent: `requestId` tells which it is.

// Stands in for a collection of the database whose key is the requestId: there the second `add` with the same `_id`
// fails, and the function then reads the order that is there. Lives as long as the function's instance.
const orders = new Map();

exports.main = async ({ requestId, product, quantity = 1, list, userInfo }) => {
	if (list) return listOrders(userInfo.appId);
	if (!requestId) throw new Error('requestId is missing');
	if (!product) throw new Error('product is missing');

	const key = `${userInfo.appId}/${requestId}`;
	const order =
		orders.get(key) ?? place(key, { appId: userInfo.appId, requestId, product, quantity });
	order.timesSent += 1;
	const { orderNumber } = order;
	return { orderNumber, requestId, product: order.product, quantity: order.quantity };
};

/** What must not happen twice. */
function place(key, wish) {
	const order = { ...wish, orderNumber: orders.size + 1, timesSent: 0 };
	orders.set(key, order);
	return order;
}

function listOrders(appId) {
	return [...orders.values()].filter((order) => order.appId === appId);
}

// Works out what an order costs: items, then the coupon, then shipping. All sums in yuan.
const COUPONS = { WELCOME10: 0.1, SPRING20: 0.2 };
const SHIPPING_CENTS = 800;
const FREE_SHIPPING_FROM_CENTS = 9900;

exports.main = async ({ items, coupon }) => {
	if (!Array.isArray(items) || items.length === 0) throw new Error('the order has no items');
	if (coupon && !Object.hasOwn(COUPONS, coupon))
		throw new Error(`coupon "${coupon}" does not exist`);

	let itemCount = 0;
	let subtotal = 0;
	for (const { name, price, quantity: given = 1 } of items) {
		// A field of the type String sends a number as text.
		const quantity = Number(given);
		if (!(price >= 0)) throw new Error(`"${name}" has no price`);
		if (!(quantity > 0)) throw new Error(`"${name}" has no quantity`);
		itemCount += quantity;
		// Whole cents: 0.1 + 0.2 is not 0.3.
		subtotal += Math.round(price * 100) * quantity;
	}
	const discount = coupon ? Math.round(subtotal * COUPONS[coupon]) : 0;
	const shipping = subtotal - discount >= FREE_SHIPPING_FROM_CENTS ? 0 : SHIPPING_CENTS;

	return {
		itemCount,
		subtotal: subtotal / 100,
		discount: discount / 100,
		shipping: shipping / 100,
		total: (subtotal - discount + shipping) / 100,
	};
};

// Signs a customer up for a membership, from a form: name, phone, plan.
const MONTHLY_PRICES = { basic: 19, plus: 39, family: 69 };

// Lives as long as the function's instance. A phone number that is sent twice shows here.
const submissions = new Map();

exports.main = async (event) => {
	const name = String(event.name ?? '').trim();
	const phone = String(event.phone ?? '').replace(/[\s-]/g, '');
	const plan = event.plan ?? 'basic';

	if (name === '') throw new Error('name is missing');
	if (!/^\d{11}$/.test(phone)) throw new Error(`phone must have 11 digits: "${phone}"`);
	if (!Object.hasOwn(MONTHLY_PRICES, plan)) throw new Error(`plan "${plan}" does not exist`);

	submissions.set(phone, (submissions.get(phone) ?? 0) + 1);
	return {
		memberId: `M${phone.slice(-8)}`,
		name,
		phone,
		plan,
		monthlyPrice: MONTHLY_PRICES[plan],
		submissions: submissions.get(phone),
	};
};

import { logIn, setUpOwner, type Owner, type Session } from '../../../n8n/session';

export const owner: Owner = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Dummy-Password-1',
};

/** Makes the owner of a new n8n, and logs in as that. */
export async function openOwnSession(url: string): Promise<Session> {
	await setUpOwner(url, owner);
	return await logIn(url, owner);
}

import { createBoundedMap } from '../../sandbox/http/bounded';
import { createRequestLog } from '../../sandbox/http/requestLog';

test('the request log keeps the last requests, and tells of each', () => {
	const seen: string[] = [];
	const { entries, record } = createRequestLog(({ path }) => seen.push(path), 2);
	for (const path of ['/a', '/b', '/c']) record({ path, errcode: 0 });
	expect(entries.map(({ path }) => path)).toEqual(['/b', '/c']);
	expect(seen).toEqual(['/a', '/b', '/c']);
});

test('a map that is bounded forgets what came first, and only then', () => {
	const map = createBoundedMap<number>(2);
	map.set('a', 1);
	map.set('b', 2);
	map.set('a', 3);
	expect(map.keys()).toEqual(['a', 'b']);
	map.set('c', 4);
	expect(map.get('a')).toBeUndefined();
	expect([map.get('b'), map.get('c')]).toEqual([2, 4]);
});

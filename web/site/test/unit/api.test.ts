import { describe, expect, test } from 'vitest';
import { Api, nextOf, Problem } from '../../src/api';
import { MAX_PAGES, wholeCsv } from '../../src/dashboard/wholeCsv';
import type { Keys } from '../../src/key';

/** An API that gives its answers in turn, and the requests that it got. */
function api(...answers: (Response | Error)[]): { api: Api; requests: { path: string; headers: Headers }[]; refused: string[] } {
  const requests: { path: string; headers: Headers }[] = [];
  const refused: string[] = [];
  const keys = {
    get: async () => 'first',
    replace: async (key: string) => {
      refused.push(key);
      return 'second';
    },
  } as unknown as Keys;
  const send = (async (path: string, init: RequestInit) => {
    requests.push({ path, headers: new Headers(init.headers) });
    const next = answers.shift();
    if (next instanceof Error || next === undefined) {
      throw next ?? new Error('no answer is left');
    }
    return next;
  }) as typeof fetch;
  return { api: new Api(keys, send), requests, refused };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });

describe('requests', () => {
  test('a refused key is asked for again and the request sent again', async () => {
    const { api: of, requests, refused } = api(json(401, {}), json(200, { figure: 1 }));
    expect(await of.call('/v1/insights/overview')).toEqual({ figure: 1 });
    expect(refused).toEqual(['first']);
    expect(requests.map((request) => request.headers.get('Authorization'))).toEqual(['Bearer first', 'Bearer second']);
  });

  test('an answer that has not changed has no value, and its tag', async () => {
    const { api: of, requests } = api(new Response(null, { status: 304, headers: { ETag: 'W/"a"' } }));
    expect(await of.ask('/x', { etag: 'W/"a"' })).toEqual({ value: undefined, etag: 'W/"a"' });
    expect(requests[0]?.headers.get('If-None-Match')).toBe('W/"a"');
  });

  test('a problem document becomes its sentence, with the id under which logs have the request', async () => {
    const { api: of } = api(json(503, { title: 'Unavailable', detail: 'A store did not respond in time.' }, { 'Freshet-Trace-Id': 'abc' }));
    const failure = await of.call('/x').catch((problem: Problem) => problem);
    expect(failure).toMatchObject({ message: 'A store did not respond in time.', status: 503, traceId: 'abc' });
  });

  test('an answer without JSON and a broken connection have sentences too', async () => {
    const { api: of } = api(new Response('<html>', { status: 502 }), new TypeError('Failed to fetch'));
    await expect(of.call('/x')).rejects.toThrow('The API answered 502.');
    await expect(of.call('/x')).rejects.toThrow('The API cannot be reached.');
  });
});

describe('lists as files', () => {
  const csv = (text: string, next?: string) => new Response(text, { headers: next === undefined ? {} : { Link: `<${next}>; rel="next"` } });

  test('pages follow each other by the header Link, with the names of the columns once', async () => {
    const { api: of, requests } = api(csv('a,b\r\n1,2\r\n', '?order=x&after=c1'), csv('a,b\r\n3,4\r\n', '?order=x&after=c2'), csv('\r\n'));
    expect(await wholeCsv(of, '/v1/insights/items?order=x')).toEqual({ text: 'a,b\r\n1,2\r\n3,4\r\n', whole: true });
    expect(requests.map((request) => request.path)).toEqual(['/v1/insights/items?order=x', '/v1/insights/items?order=x&after=c1', '/v1/insights/items?order=x&after=c2']);
    expect(requests.every((request) => request.headers.get('Accept') === 'text/csv')).toBe(true);
  });

  test('a file ends after its most pages, and says that it does', async () => {
    let asked = 0;
    const endless = { csv: async () => ({ text: `a\r\n${asked++}\r\n`, next: '/more' }) };
    const { text, whole } = await wholeCsv(endless, '/first');
    expect([asked, text.split('\r\n').length - 2, whole]).toEqual([MAX_PAGES, MAX_PAGES, false]);
  });

  test('other columns on a later page, and an API that refuses, make no file', async () => {
    await expect(wholeCsv(api(csv('a\r\n1\r\n', '?after=c'), csv('b\r\n2\r\n')).api, '/list')).rejects.toThrow('changed');
    await expect(wholeCsv(api(json(403, { detail: 'No.' }, { 'Freshet-Trace-Id': 't' })).api, '/list')).rejects.toMatchObject({ message: 'No.', traceId: 't' });
  });

  test('a next page is on the same host or none', () => {
    expect(nextOf('<?after=c>; rel="next"', '/v1/insights/items?order=x')).toBe('/v1/insights/items?after=c');
    expect(nextOf('<https://other.example/x>; rel="next"', '/v1/insights/items')).toBeUndefined();
    expect(nextOf('<?after=c>; rel="prev"', '/v1/insights/items')).toBeUndefined();
    expect(nextOf(null, '/v1/insights/items')).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { Api, Problem } from '../../src/api';
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

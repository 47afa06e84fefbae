// A server of the built pages under the headers that they are deployed with, and an API of fixed answers beside it.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';

export const DIST = new URL('../../dist/', import.meta.url).pathname;

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2' };

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export interface ApiReply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Answers never. */
  never?: boolean;
}

export type ApiOf = (request: ApiRequest) => ApiReply | undefined;

export interface Site {
  address: string;
  /** What answers below /v1/ and /_freshet/; can be replaced between tests. */
  api: ApiOf;
  requests: ApiRequest[];
  close: () => Promise<void>;
}

export async function serve(): Promise<Site> {
  const rules = JSON.parse(await readFile(join(DIST, 'headers.json'), 'utf8')) as { prefix: string; headers: Record<string, string> }[];
  const site: Site = { address: '', api: () => undefined, requests: [], close: async () => {} };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith('/v1/') || url.pathname.startsWith('/_freshet/')) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const text = Buffer.concat(chunks).toString('utf8');
      const asked: ApiRequest = {
        method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: request.headers, body: text === '' ? undefined : JSON.parse(text),
      };
      site.requests.push(asked);
      const reply = site.api(asked) ?? { status: 404, body: { detail: 'There is no such route.' } };
      if (reply.never) {
        return;
      }
      response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json', ...reply.headers });
      response.end(reply.body === undefined ? undefined : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
      return;
    }
    let file = join(DIST, normalize(decodeURIComponent(url.pathname)));
    if ((await stat(file).catch(() => undefined))?.isDirectory()) {
      file = join(file, 'index.html');
    }
    const bytes = await readFile(file).catch(() => undefined);
    const headers = Object.assign({}, ...rules.filter((rule) => url.pathname.startsWith(rule.prefix)).map((rule) => rule.headers)) as Record<string, string>;
    response.writeHead(bytes === undefined ? 404 : 200, { ...headers, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(bytes);
  };
  const server: Server = createServer((request, response) => {
    answer(request, response).catch((failure: Error) => {
      response.writeHead(500);
      response.end(failure.message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  site.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return site;
}

/** A site and the API on two origins of this machine, and a headless Chromium to look at them. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { FakeApi, KEY } from './fake-api.mjs';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const skip = existsSync(CHROMIUM) ? false : `There is no Chromium at ${CHROMIUM}.`;

const dist = (name) => readFileSync(new URL(`../../dist/${name}`, import.meta.url));
const EXPOSED = 'Retry-After,ETag,Link,Freshet-Trace-Id,Server-Timing';

const listen = (handle) =>
  new Promise((resolve) => {
    const server = createServer(handle).listen(0, '127.0.0.1', () => resolve(server));
  });

const bodyOf = async (request) => {
  let body = '';
  for await (const part of request) {
    body += part;
  }
  return body;
};

export class Site {
  api = new FakeApi();
  /** HTML by path; a function is called with the site. */
  pages = new Map();
  headers = {};
  violations = [];

  static async open() {
    const site = new Site();
    site.apiServer = await listen(async (request, response) => {
      const body = await bodyOf(request);
      if (site.hang) {
        return;
      }
      const answer = site.api.handle({ method: request.method, path: request.url, headers: request.headers, body });
      if (answer.status === 0) {
        request.destroy();
        return;
      }
      response.writeHead(answer.status, {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': EXPOSED,
        'Access-Control-Allow-Methods': 'GET,PUT,POST,PATCH,DELETE,OPTIONS',
        'Access-Control-Allow-Headers': 'Content-Type,Authorization,If-None-Match,traceparent',
        'Content-Type': 'application/json',
        ...answer.headers,
      });
      response.end(answer.body ? JSON.stringify(answer.body) : undefined);
    });
    site.server = await listen(async (request, response) => {
      const path = request.url.split('?')[0];
      if (path === '/freshet.js' || path === '/index.js') {
        response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(dist(path.slice(1)));
      } else if (path === '/violation') {
        site.violations.push(await bodyOf(request));
        response.writeHead(204).end();
      } else {
        const page = site.pages.get(path);
        const html = typeof page === 'function' ? page(site) : page;
        response.writeHead(html == null ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8', ...site.headers });
        response.end(html ?? '');
      }
    });
    site.endpoint = `http://127.0.0.1:${site.apiServer.address().port}`;
    site.origin = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  close() {
    for (const server of [this.apiServer, this.server]) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** A page with the script; `options` are those of `init`. */
  page(body, options = {}, head = '') {
    const settings = { endpoint: this.endpoint, key: KEY, consent: { personalisation: true, analytics: true }, ...options };
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${head}
<script src="/freshet.js"></script><script>freshet.init(${JSON.stringify(settings)})</script></head><body>${body}</body></html>`;
  }

  requests(method, end) {
    return this.api.requests.filter((request) => request.method === method && request.path.endsWith(end));
  }

  /** Waits until the condition holds. */
  async until(condition, what, milliseconds = 8_000) {
    const end = Date.now() + milliseconds;
    while (!condition()) {
      if (Date.now() > end) {
        throw new Error(`${what ?? condition} did not come within ${milliseconds} ms; events: ${this.api
          .events()
          .map((event) => event.type)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

export const openBrowser = () =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DIST } from './server';

/** Bytes of a page and of everything that it loads at once but letters, each file compressed by itself as servers do; and of the letters. */
function firstLoad(page: string): { page: number; letters: number } {
  const files = [...readFileSync(join(DIST, page), 'utf8').matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1] as string);
  expect(files.some((file) => file.endsWith('.js'))).toBe(true);
  if (page.startsWith('reference/')) {
    files.push('openapi.json');
  }
  const bytes = (names: string[]) => names.map((file) => readFileSync(join(DIST, file))).reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  const isLetters = (file: string) => file.endsWith('.woff2');
  return { page: bytes([page, ...files.filter((file) => !isLetters(file))]), letters: bytes(files.filter(isLetters)) };
}

test.each([
  ['index.html', 25],
  ['dashboard/index.html', 45],
  ['reference/index.html', 350],
])('the first load of %s is at most %d KB, compressed, and 22 KB of letters', (page, kilobytes) => {
  const bytes = firstLoad(page);
  console.log(`${page}: ${bytes.page} bytes, letters ${bytes.letters}`);
  expect(bytes.page).toBeLessThanOrEqual(kilobytes * 1024);
  expect(bytes.letters).toBeLessThanOrEqual(22 * 1024);
  expect(bytes.letters).toBeGreaterThan(0);
});

test('the pages have a strict policy, and nothing in them needs an exception', () => {
  const rules = JSON.parse(readFileSync(join(DIST, 'headers.json'), 'utf8')) as { headers: Record<string, string> }[];
  const policy = rules[0]?.headers['Content-Security-Policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain('unsafe');
  for (const page of ['index.html', 'dashboard/index.html', 'reference/index.html']) {
    const html = readFileSync(join(DIST, page), 'utf8');
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|javascript:|\son[a-z]+=/);
  }
  expect(existsSync(join(DIST, 'icon.svg'))).toBe(true);
  expect(readFileSync(join(DIST, 'assets/inter-OFL.txt'), 'utf8')).toContain('SIL OPEN FONT LICENSE');
});

test('only the reference has a weaker policy, in what Redoc needs', () => {
  const rules = JSON.parse(readFileSync(join(DIST, 'headers.json'), 'utf8')) as { prefix: string; headers: Record<string, string> }[];
  const policies = rules.filter((rule) => rule.headers['Content-Security-Policy'] !== undefined);
  expect(policies.map((rule) => rule.prefix)).toEqual(['/', '/reference/']);
  const policy = policies[1]?.headers['Content-Security-Policy'] ?? '';
  expect(policy.split('; ').filter((directive) => /unsafe|blob:|https?:|\*/.test(directive))).toEqual(["style-src 'self' 'unsafe-inline'", 'worker-src blob:']);
  for (const directive of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
    expect(policy).toContain(directive);
  }
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { gzipSync } from 'node:zlib';

const size = (file) => {
  const text = readFileSync(new URL(`../../dist/${file}`, import.meta.url), 'utf8').replace(/\n\/\/# sourceMappingURL.*/, '');
  return gzipSync(text, { level: 9 }).length;
};

for (const [file, most] of [
  ['freshet.js', 5_350],
  ['core.js', 3_400],
]) {
  it(`${file} has at most ${most} bytes, gzipped`, (test) => {
    const bytes = size(file);
    test.diagnostic(`${file}: ${bytes} bytes`);
    assert.ok(bytes <= most, `${bytes} bytes`);
  });
}

it('nothing evaluates text as code or markup', () => {
  for (const file of ['freshet.js', 'index.js']) {
    const text = readFileSync(new URL(`../../dist/${file}`, import.meta.url), 'utf8');
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextualFragment/);
  }
});

it('on a server the package can be imported and records nothing', async () => {
  const { createTracker, init } = await import('../../dist/index.js');
  for (const make of [createTracker, init]) {
    const tracker = make({ endpoint: 'https://api.example', key: 'fpk_x', consent: { personalisation: true, analytics: true } });
    tracker.page();
    assert.equal(tracker.track('click', { item: '1' }), '');
    assert.equal(tracker.stats().queued, 0);
  }
});

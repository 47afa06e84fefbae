import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withPresentTimes } from '../../src/reference/times';

const NOW = Date.parse('2027-01-02T03:04:05Z');
const DOCUMENT = readFileSync(new URL('../../../api/dist/openapi.json', import.meta.url), 'utf8');

test('the events of an example were just now, in its samples too', () => {
  const operation = JSON.parse(withPresentTimes(DOCUMENT, NOW)).paths['/v1/events'].post;
  const { sentAt, events } = operation.requestBody.content['application/json'].example;
  expect(sentAt).toBe('2027-01-02T03:04:05Z');
  expect(events[0].occurredAt).toBe('2027-01-02T03:03:55Z');
  for (const { source } of operation['x-codeSamples']) {
    expect(source).toContain('2027-01-02T03:04:05Z');
    expect(source).not.toContain('2026-03-01T');
  }
});

test('a fraction of a second stays', () => {
  expect(withPresentTimes('"2026-03-01T12:00:10.204Z"', NOW)).toBe('"2027-01-02T03:04:05.204Z"');
});

import { expect, test } from 'vitest';
import type { FlowHistory } from '../../src/dashboard/answers';
import { flowPath, markersOf, stepsIn } from '../../src/dashboard/flowHistory';

const step = (at: string, failed: string[] = [], deployed = false) => ({ at: `2026-11-24T${at}:00Z`, accepted: 1, lists: 1, failed, deployed });
const history: FlowHistory = { source: 'process', step: 'PT5M', steps: [step('09:00', ['requests']), step('09:05', ['requests', 'degraded']), step('09:10', [], true), step('09:15', ['requests'])] };

test('steps that fail without a gap are one marker, each check for itself, and each deployment is one', () => {
  expect(markersOf(history).map(({ at, text }) => [new Date(at).toISOString().slice(11, 16), text])).toEqual([
    ['09:00', 'requests failed or events were rejected until 09:10'], ['09:05', 'lists were degraded until 09:10'], ['09:10', 'a deployment'], ['09:15', 'requests failed or events were rejected until 09:20'],
  ]);
  expect(markersOf(undefined)).toEqual([]);
  const days = { ...history, step: 'PT1H' as const, steps: Array.from({ length: 30 }, (_, at) => ({ ...step('00:00', ['quarantine']), at: new Date(Date.UTC(2026, 10, 1, at)).toISOString() })) };
  expect(markersOf(days)).toEqual([{ at: Date.UTC(2026, 10, 1), text: 'records were quarantined until 2 Nov, 06:00' }]);
});

test('what failed is told by the bounds of the check: overload, failed answers, and refused events with their codes', () => {
  const text = (...steps: object[]) => markersOf({ ...history, steps: steps.map((one, at) => ({ ...step(`09:0${5 * at}`, ['requests']), accepted: 100, ...one })) })[0]?.text;
  const requests = (serverErrors: number, throttled = 0) => ({ requests: { total: 200, serverErrors, throttled } });
  expect(text({ refused: 30, refusals: [{ code: 'no-item', count: 10 }, { code: 'unknown-type', count: 20 }] }, { refused: 40, refusals: [{ code: 'unknown-type', count: 40 }], ...requests(2) })).toBe('events were rejected: unknown-type 60, no-item 10 until 09:10');
  expect(text({ refused: 30 })).toBe('events were rejected: 30 until 09:05');
  expect(text(requests(3), { refused: 1 })).toBe('3 requests of 200 failed until 09:10');
  expect(text(requests(0, 8))).toBe('8 requests were refused for overload until 09:05');
});

test('steps of a span are all that have begun, also those in which nothing was measured', () => {
  const [from, to] = [Date.parse('2026-11-24T08:55:00Z'), Date.parse('2026-11-24T10:00:00Z')];
  const found = stepsIn(history, { from, to }, Date.parse('2026-11-24T09:12:00Z'));
  expect(found.map(({ at, step: one }) => [new Date(at).toISOString().slice(11, 16), one === undefined])).toEqual([['08:55', true], ['09:00', false], ['09:05', false], ['09:10', false]]);
});

test('so many hours are asked for as the period before goes back, and no more than are kept', () => {
  expect(flowPath({ before: { from: 0, to: 1 } }, 47.5 * 3_600_000)).toBe('/v1/insights/flow?hours=48');
  expect(flowPath({ before: { from: 0, to: 1 } }, Date.now())).toBe('/v1/insights/flow?hours=1344');
});

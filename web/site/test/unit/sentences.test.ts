import { describe, expect, test } from 'vitest';
import { reachOf } from '../../src/charts/Ratios';
import { shares, withinPromise } from '../../src/dashboard/FlowFigures';
import { intervalNote } from '../../src/dashboard/OutcomesPage';
import { contentSummary, flowSummary, summary, times } from '../../src/dashboard/summary';
import { catalogue, flow, NOW, nothing, overview, results, silent, topics } from '../browser/answers';

describe('what a page says first', () => {
  test('Now: pace, freshness, share and gain, or what is wrong', () => {
    expect(summary(overview, '2026-11-24', results)).toEqual({
      ok: true, others: [], text: 'All is well: 1,240 events a minute, counted after 38 ms, 12.1 % of today’s lists clicked, +1.2 points over the control of ranker.',
    });
    expect(summary(silent, '2026-11-24', results)).toMatchObject({ ok: false, others: ['clicks'] });
    expect(summary({ ...overview, flow: null }, '2026-11-24', undefined).text).toBe('All is well: 1,240 events a minute, 12.1 % of today’s lists clicked.');
  });

  test('Content: only what its interval holds apart from 1 × is said', () => {
    expect(contentSummary(topics('tag', 7), catalogue)).toBe(
      '“climate” is read 2.9 × its share of what is published, “notices” only 0.17 ×. 67 % of the catalogue was shown, 148 items never.',
    );
    const unclear = topics('tag', 7).topics.map((topic) => ({ ...topic, lower: 0.5, upper: 2 }));
    expect(contentSummary({ by: 'tag', days: 7, topics: unclear }, undefined)).toBe('No topic stands out from its share of what is published.');
    expect(contentSummary(undefined, undefined)).toBe('');
  });

  test('Model and flow: age, lag and freshness, or the first thing of its own that is wrong', () => {
    expect(flowSummary(overview, NOW).text).toBe('Version 4,711 of the model is 2 s old, consumers are at most 640 ms behind, 99 % of events count within 212 ms.');
    expect(flowSummary(silent, NOW)).toMatchObject({ ok: false, others: [] });
    expect(flowSummary({ ...overview, healthy: [{ check: 'clicks', ok: false, sentence: 'Clicks are falling.' }] }, NOW).ok).toBe(true);
    expect(flowSummary({ ...nothing, healthy: [] }, NOW).text).toBe('There is no version of the model yet.');
  });

  test('Outcomes: what the intervals hold for', () => {
    const row = { places: 8, clicks: 1, conversions: 0, final: false, lists: 10, listsClicked: 1 };
    const interval = { lower: 0, upper: 1, method: 'buckets' as const };
    expect(intervalNote([{ ...row, interval }, { ...row, lists: 0 }])).toBe('Intervals are of 95 %, by reader.');
    expect(intervalNote([{ ...row, interval }, row])).toContain('real ones are wider');
  });

  test('ratios', () => {
    expect([times(2.94), times(0.171), times(0.96), times(null)]).toEqual(['2.9 ×', '0.17 ×', '1.0 ×', '–']);
  });
});

describe('figures that pages compute', () => {
  test('events within 200 ms are those of the bounds up to it', () => {
    const freshness = flow.freshness as NonNullable<typeof flow.freshness>;
    expect(withinPromise(freshness)).toBeCloseTo(72_740 / 73_453, 10);
    expect(withinPromise({ ...freshness, count: 0 })).toBeUndefined();
    expect(withinPromise({ ...freshness, histogram: [{ upToMs: 100, count: 1 }] })).toBeUndefined();
  });

  test('weights as shares: negative ones have none, and nothing has no shares', () => {
    expect(shares([{ source: 'a', weight: 3 }, { source: 'b', weight: 1 }, { source: 'c', weight: -2 }])).toEqual([
      { source: 'a', share: 0.75 }, { source: 'b', share: 0.25 }, { source: 'c', share: 0 },
    ]);
    expect(shares([{ source: 'a', weight: 0 }])).toEqual([]);
  });

  test('the scale of ratios has the farthest end within, and never less than 2 × to both sides', () => {
    const bar = (times: number | undefined, low?: number, high?: number) => ({ label: '', text: '', times, low, high });
    expect(reachOf([bar(1.1)])).toBe(1);
    expect(reachOf([bar(1.1), bar(0.9, 0.2, 1)])).toBe(3);
    expect(reachOf([bar(0), bar(undefined)])).toBe(1);
    expect(reachOf([bar(1e9)])).toBe(6);
  });
});

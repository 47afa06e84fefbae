import { describe, expect, test } from 'vitest';
import { scaleOf } from '../../src/charts/Marks';
import { reachOf } from '../../src/charts/Ratios';
import { binText, HOUR, momentsOf, ticksOf } from '../../src/charts/scale';
import { rangeOf } from '../../src/charts/TimeChart';
import type { ExperimentResults, Overview } from '../../src/dashboard/answers';
import { gainOf } from '../../src/dashboard/comparison';
import { outlook } from '../../src/dashboard/ExperimentsPage';
import { shares, withinPromise } from '../../src/dashboard/FlowFigures';
import { isNew, stepsOf } from '../../src/dashboard/NewAccount';
import { intervalNote } from '../../src/dashboard/placements';
import { withText } from '../../src/dashboard/search';
import { contentSummary, flowSummary, times } from '../../src/dashboard/summary';
import { sorted, textOf, type Cell } from '../../src/design/Table';
import { catalogue, flow, held, NOW, nothing, overview, silent, topics } from '../browser/answers';

describe('what a page says first', () => {
  test('Home: the gain is of those with recommendation, though a holdout compares those without', () => {
    expect(gainOf(held)).toMatchObject({ metric: 'listCtr', difference: 0.0124, interval: [0.0049, 0.0199], tone: 'good' });
    const [first] = gainOf(held)!.series;
    expect(first!.lower).toBeLessThan(first!.difference);
    expect(first!.upper).toBeGreaterThan(first!.difference);
    const of = (interval: [number, number]) => gainOf({ ...held, arms: held.arms.map((arm) => ({ ...arm, primary: { ...arm.primary!, interval } })) })?.tone;
    expect([of([-0.02, 0.01]), of([0.01, 0.02])]).toEqual(['noise', 'bad']);
    expect(gainOf({ ...held, arms: [] })).toBeUndefined();
    const until = Date.parse(held.arms[0]!.primary!.series![9]!.at);
    expect(gainOf(held, until)).toMatchObject({ difference: -held.arms[0]!.primary!.series![9]!.difference, series: { length: 10 } });
    expect(gainOf(held, Date.parse('2026-11-01'))).toBeUndefined();
  });

  test('Home: steps of a new account are done once the figures have them', () => {
    const done = (one: Overview) => stepsOf(one).map((step) => step.done);
    expect(done(nothing)).toEqual([true, true, false, false, false, false]);
    expect(done({ ...nothing, model: { ...nothing.model, items: 3 }, events: { total: 1, byType: {} } })).toEqual([true, true, true, true, false, false]);
    expect(done({ ...nothing, flow: { ...flow, recommendations: { count: 1, degraded: 0 } } })[4]).toBe(true);
    expect([isNew(nothing), isNew(overview)]).toEqual([true, false]);
  });

  test('Content: only what its interval holds apart from 1 × is said', () => {
    expect(contentSummary(topics('tag', 7), catalogue)).toBe(
      'Demand for “climate” is 2.9 × its share of what is published, for “notices” only 0.17 ×. 67 % of the catalogue was shown, 148 items never.',
    );
    const unclear = topics('tag', 7).topics.map((topic) => ({ ...topic, lower: 0.5, upper: 2 }));
    expect(contentSummary({ by: 'tag', days: 7, topics: unclear }, undefined)).toBe('Demand for no topic stands out from what is published.');
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
    expect(intervalNote([{ ...row, interval }, { ...row, lists: 0 }])).toBe('95 % intervals, by user.');
    expect(intervalNote([{ ...row, interval }, row])).toContain('by user; with few lists');
    expect(intervalNote([row])).toContain('uncertainty is larger');
  });

  test('ratios', () => {
    expect([times(2.94), times(0.171), times(0.96), times(null)]).toEqual(['2.9 ×', '0.17 ×', '1.0 ×', '–']);
  });
});

describe('figures that pages compute', () => {
  test('shares have round ticks, and a scale on which a narrow interval looks narrow', () => {
    const mark = (value: number, low: number, high: number) => ({ label: '', text: '', value, low, high });
    const { from, to } = scaleOf([mark(0.555, 0.55, 0.56)], undefined);
    expect(to - from).toBeGreaterThan(0.14);
    expect(ticksOf({ from, to }).map((tick) => tick.toFixed(2))).toEqual(['0.50', '0.55', '0.60']);
    expect(scaleOf([mark(0.5, 0.45, 0.55), mark(0, 0, 0.79)], undefined).from).toBeGreaterThan(0.4);
    expect(scaleOf([mark(0, 0, 0)], undefined)).toEqual({ from: 0, to: 1 });
    expect(scaleOf([mark(1, 0.2, 1)], undefined).to).toBe(1);
    expect(ticksOf({ from: 0, to: 1 })).toEqual([0, 0.5, 1]);
    expect(ticksOf({ from: 0.0301, to: 0.0399 }).length).toBeLessThanOrEqual(5);
  });

  test('times have round moments in UTC, and bins are told from their begin to their end', () => {
    const from = Date.UTC(2026, 10, 23, 13);
    expect(momentsOf({ from, to: from + 48 * HOUR }, 4).map(({ text }) => text)).toEqual(['24 Nov', '12:00', '25 Nov', '12:00']);
    expect(momentsOf({ from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 29) }, 5).map(({ text }) => text)).toEqual(['1 Nov', '8 Nov', '15 Nov', '22 Nov', '29 Nov']);
    expect([binText(from, HOUR), binText(from, 24 * HOUR), binText(from, 0)]).toEqual(['23 Nov, 13:00–14:00', 'Mon 23 Nov', '23 Nov, 13:00:00']);
  });

  test('a scale begins at zero unless its values are close to each other', () => {
    expect(rangeOf([4, 10], false).from).toBe(0);
    expect(rangeOf([9, 10], false).from).toBeCloseTo(8.9, 10);
    expect(rangeOf([9, 10], true).from).toBe(0);
    expect(rangeOf([-2, 3], true)).toEqual({ from: -2.5, to: 3.5 });
    expect(rangeOf([], false)).toEqual({ from: 0, to: 1.1 });
  });

  test('tables sort numbers by their size and texts by their letters, and what is not known comes last', () => {
    const order = (cells: Cell[], down: boolean) => sorted(cells, (cell) => cell, down);
    expect(order([2, null, 10, 1.5], true)).toEqual([10, 2, 1.5, null]);
    expect(order(['9.8 %', '–', '12.1 %', '−3.0 %'], false)).toEqual(['−3.0 %', '9.8 %', '12.1 %', '–']);
    expect(order(['b', 'C', 'a', ''], false)).toEqual(['a', 'b', 'C', '']);
    expect(order(['2026-11-02', '2026-10-30'], true)).toEqual(['2026-11-02', '2026-10-30']);
    expect([textOf('n', 1234.5678), textOf({ name: 'n', text: (value) => `${value} s` }, 2), textOf('n', null)]).toEqual(['1,234.568', '2 s', '–']);
  });

  test('a search is of a part of any of the texts, whatever the case', () => {
    const items = [{ title: 'Rain in Porto', tags: ['weather'] }, { title: null, tags: ['Sport'] }];
    const found = (text: string) => withText(items, text, (item) => [item.title, ...item.tags]).length;
    expect([found(''), found('  '), found('porto'), found('SPORT'), found('or'), found('x')]).toEqual([2, 2, 1, 1, 2, 0]);
  });

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

describe('what would change the verdict on an experiment', () => {
  const DAY = 86_400_000;
  const at = (days: number) => new Date(Date.parse('2026-11-01T00:00:00Z') + days * DAY).toISOString();
  const moment = (days: number, n: number) => ({ at: at(days), n, difference: 0.01, lower: -0.01, upper: 0.03 });
  const told = (of: object, whole: object = {}) => {
    const arm = { arm: 'b', conclusion: 'running', guardrails: [], secondary: [], primary: { metric: 'listCtr', name: 'lists clicked', difference: 0.01, interval: [-0.01, 0.03], usersToDecide: 5000, series: [], ...of } };
    return outlook({ status: 'running', split: { alarm: false }, enrolled: 2000, definition: { traffic: 1, metrics: {} }, ...whole } as unknown as ExperimentResults, { ...arm, ...of } as unknown as ExperimentResults['arms'][number]);
  };

  test('days follow from the users of the last week alone', () => {
    expect(told({ series: [moment(0, 0), moment(3, 1650), moment(10, 2000)] })).toBe('3,000 more users, if the difference stays at +1.00 points: its interval leaves 0 from 5,000 on. At the present rate of 50 users a day, over the last week, that takes 60 days.');
    expect(told({ series: [moment(0, 0), moment(2, 1000)] })).toContain('rate of 500 users a day, over the last week, that takes 6 days.');
    expect(told({ series: [moment(0, 1999), moment(7, 2000)] })).toContain('that takes years.');
  });

  test('where it cannot be said, that is said', () => {
    expect(told({ series: [moment(0, 0), moment(0.5, 2000)] })).toContain('How long that takes cannot be said');
    expect(told({})).toContain('How long that takes cannot be said');
    expect(told({ series: [moment(0, 2000), moment(7, 2000)] })).toContain('Nobody entered in the last week.');
    expect(told({ usersToDecide: undefined })).toBe('A larger difference: +1.00 points could not be told from none by a billion users.');
    expect(told({}, { definition: { traffic: 0, metrics: {} } })).toContain('Nobody enters while it is paused.');
    expect(told({}, { split: { alarm: true } })).toContain('No number of users');
    expect(told({}, { status: 'stopped' })).toContain('It is stopped');
    expect(told({ primary: undefined })).toContain('from 100 users');
  });

  test('a verdict that is known is undone by a difference, not by users', () => {
    expect(told({ conclusion: 'worse', difference: -0.15, interval: [-0.22, -0.08] })).toBe('The difference would have to come within 7.00 points of 0: it is −15.00 points, with an interval as wide as now.');
    expect(told({ conclusion: 'within-margin' }, { definition: { metrics: { margin: 0.05 } } })).toBe('An interval that reaches beyond the margin of 5.00 points; it lies between −1.00 points and +3.00 points.');
  });
});

import { describe, expect, test } from 'vitest';
import { changeOf, isCompared, settled } from '../../src/dashboard/overTime';
import { periodOf, spanText, type PeriodName } from '../../src/dashboard/period';
import { ratioOf, toneOfChange } from '../../src/dashboard/statistics';
import { NOW } from '../browser/answers';

const ALL: PeriodName[] = ['24h', '7d', '28d', 'dates'];
const texts = (query: string, known = ALL) => {
  const { name, span, before, days, bin } = periodOf(new URLSearchParams(query), NOW, known);
  return [name, spanText(span), spanText(before), spanText(days), bin / 3_600_000];
};

describe('the period of an address', () => {
  test('is whole days of UTC with today, and as many before; or the hours up to the end of this one', () => {
    expect(texts('')).toEqual(['7d', '18–24 Nov', '11–17 Nov', '18–24 Nov', 24]);
    expect(texts('period=28d')).toEqual(['28d', '28 Oct–24 Nov', '30 Sept–27 Oct', '28 Oct–24 Nov', 24]);
    expect(texts('period=24h')).toEqual(['24h', '23–24 Nov, 13:00', '22–23 Nov, 13:00', '24 Nov', 1]);
    expect(texts('from=2026-11-20&to=2026-11-22')).toEqual(['dates', '20–22 Nov', '13–15 Nov', '20–22 Nov', 1]);
    expect(texts('from=2026-11-20&to=2026-11-23').at(-1)).toBe(24);
    expect(texts('from=2026-11-03&to=2026-11-03')).toEqual(['dates', '3 Nov', '27 Oct', '3 Nov', 24]);
  });

  test('is the nearest that the page has', () => {
    expect(texts('period=28d', ['24h', '7d'])[0]).toBe('7d');
    expect(texts('from=2026-11-03&to=2026-11-10', ['24h', '7d'])[0]).toBe('7d');
    expect(texts('period=24h', ['today', '7d'])).toEqual(['today', '24 Nov', '17 Nov', '24 Nov', 1]);
    expect(texts('period=today')[0]).toBe('24h');
  });

  test('is compared with one that has a quarter of its lists', () => {
    const rows = (...lists: number[]) => lists.map((each) => ({ lists: each, places: 0, clicks: 0, conversions: 0, final: true }));
    expect(isCompared(rows(100, 300), [undefined, ...rows(100)])).toBe(true);
    expect(isCompared(rows(100, 301), rows(100))).toBe(false);
    expect(isCompared(rows(), rows(0))).toBe(false);
  });

  test.each(['from=2026-11-10&to=2026-11-03', 'from=2026-02-30&to=x', 'from=2020-01-01&to=2026-01-01', 'period=1y'])('of %s is none of its own', (query) => {
    expect(ALL.slice(0, 3)).toContain(texts(query)[0]);
  });
});

describe('whether a change is noise', () => {
  test('a ratio over bins has an interval from five bins on, which the spread of the bins widens', () => {
    const bins = (...of: number[]) => of.map((one) => ({ of: one, per: 100 }));
    expect(ratioOf([])).toBeUndefined();
    expect(ratioOf(bins(10, 20))).toEqual({ value: 0.15 });
    const narrow = ratioOf(bins(10, 11, 10, 11, 10, 11))!;
    const wide = ratioOf(bins(1, 20, 1, 20, 1, 20))!;
    expect(narrow.value).toBe(0.105);
    // By hand: half of 0.5 ** 2 over 6 bins, t of 5 degrees 2.571
    expect(narrow.half).toBeCloseTo((2.571 * Math.sqrt((6 * 0.25 * 6) / 5)) / 600, 4);
    expect(wide.half!).toBeGreaterThan(15 * narrow.half!);
  });

  test('it is where the interval of the difference has zero in it, or is not known', () => {
    const of = (value: number, half?: number) => ({ value, ...(half === undefined ? {} : { half }) });
    expect(toneOfChange(of(0.12, 0.003), of(0.11, 0.004))).toBe('good');
    expect(toneOfChange(of(0.11, 0.003), of(0.12, 0.004))).toBe('bad');
    expect(toneOfChange(of(0.12, 0.008), of(0.11, 0.008))).toBe('noise');
    expect(toneOfChange(of(0.12), of(0.01, 0.001))).toBe('noise');
  });

  test('it is told in points of a share, or as a part of an amount', () => {
    const of = (value: number) => ({ value, half: 0.001 });
    expect(changeOf(of(0.12), of(0.108), 'share')).toEqual({ text: '+1.2 points', tone: 'good' });
    expect(changeOf(of(0.12), of(0.12), 'share')).toEqual({ text: '±0.0 points', tone: 'noise' });
    expect(changeOf(of(3), of(4), 'amount')).toEqual({ text: '−25 %', tone: 'bad' });
    expect(changeOf(of(3), of(0), 'amount')).toBeUndefined();
    expect(changeOf(undefined, of(4), 'amount')).toBeUndefined();
  });

  test('a fall of what can come days after its list is noise as long as a day can change, and a rise is none', () => {
    const bins = (final: boolean) => [{ at: 0, row: { places: 1, clicks: 0, conversions: 0, final } }];
    const [fall, rise] = [{ text: '−25 %', tone: 'bad' as const }, { text: '+25 %', tone: 'good' as const }];
    expect([settled(fall, bins(false))?.tone, settled(fall, bins(true))?.tone, settled(rise, bins(false))?.tone, settled(undefined, bins(false))]).toEqual(['noise', 'bad', 'good', undefined]);
  });
});

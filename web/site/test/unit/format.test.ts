import { describe, expect, test } from 'vitest';
import { byFamily, FAMILIES, familyOf, sourceName } from '../../src/families';
import { ago, count, duration, percent, plural, points, wholePercent } from '../../src/format';
import { changes } from '../../src/playground/changes';
import type { ListedItem } from '../../src/playground/reader';

/** The sources of SignalFamilies; a new one needs a family here. */
const SOURCES = ['co-occurrence', 'next-item', 'similar', 'content', 'trending', 'popularity', 'new', 'country', 'device', 'followed', 'catalogue', 'factors', 'cohort', 'repeat', 'session'];

const items = (...ids: string[]): ListedItem[] => ids.map((itemId) => ({ itemId, reasons: [] }));

test('a share that is short of all is never told as all of it', () => {
  expect([1, 0.9987, 0.994, 0.5, 0.004, 0].map(wholePercent)).toEqual(['100 %', 'over 99 %', '99 %', '50 %', 'under 1 %', '0 %']);
});

describe('texts', () => {
  test('numbers', () => {
    expect(count(1240)).toBe('1,240');
    expect(count(1.25)).toBe('1.3');
    expect(percent(0.1214)).toBe('12.1 %');
    expect(points(-0.004)).toBe('−0.4');
    expect(points(0.03)).toBe('+3.0');
    expect(plural(1, 'event')).toBe('1 event');
    expect(plural(2, 'event')).toBe('2 events');
  });

  test('times', () => {
    expect(duration(86)).toBe('86 ms');
    expect(duration(45_000)).toBe('45 s');
    expect(duration(600_000)).toBe('10 min');
    expect(duration(3 * 86_400_000)).toBe('3 days');
    expect(ago('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:00:30Z'))).toBe('just now');
  });

  test('every source belongs to exactly one family and has a name', () => {
    const listed = FAMILIES.flatMap((family) => [...family.sources]);
    expect([...listed].sort()).toEqual([...SOURCES].sort());
    SOURCES.forEach((source) => expect(sourceName(source)).not.toBe(source));
    expect(familyOf('one of a later version')).toBe('family-1');
  });

  test('shares add up by family', () => {
    expect(byFamily([{ source: 'popularity', share: 0.25 }, { source: 'new', share: 0.5 }, { source: 'trending', share: 0.25 }])).toEqual([
      { family: 'family-3', name: 'Popular', share: 0.5 },
      { family: 'family-4', name: 'New', share: 0.5 },
    ]);
  });

  test('changes between lists in words', () => {
    expect(changes(items('a', 'b', 'c'), items('a', 'b', 'c'))).toBe('no change');
    expect(changes(items('a', 'b', 'c'), items('b', 'a', 'd'))).toBe('1 new, 2 moved');
  });
});

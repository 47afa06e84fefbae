import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, distance, lab, SIGHTS } from './colours';

const SRC = new URL('../../src/', import.meta.url).pathname;
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).sort();
const read = (file: string) => readFileSync(join(SRC, file), 'utf8');
const STYLES = FILES.filter((file) => file.endsWith('.css') && !file.endsWith('tokens.css'));
const TOKENS = [...read('design/tokens.css').matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(([, name, light, dark]) => ({ name: name as string, light: light as string, dark: dark as string }));
const THEMES = ['light', 'dark'] as const;
const of = (name: string, theme: 'light' | 'dark') => TOKENS.find((token) => token.name === name)?.[theme] as string;

const FAMILIES = ['family-1', 'family-2', 'family-3', 'family-4', 'family-5'];
const MEANING = ['good', 'bad', 'warn', 'noise', 'accent'];

/**
 * CIEDE2000 that two colours are apart at least, for each kind of sight: of one chart 15 or 11, of different ones, which stand beside each other and are
 * never told apart by colour alone, 9. About 2 can be seen side by side.
 */
const APART = { families: 15, meanings: 11, any: 9 };

const leastDistance = (names: readonly string[], theme: 'light' | 'dark', sight: string) =>
  names.flatMap((one, at) => names.slice(at + 1).map((other) => ({ pair: `${one}, ${other}`, apart: distance(lab(of(one, theme), sight), lab(of(other, theme), sight)) }))).sort((a, b) => a.apart - b.apart)[0]!;

describe.each(THEMES)('colours, %s', (theme) => {
  test.each(Object.keys(SIGHTS))('are told apart by people with %s', (sight) => {
    for (const [names, least] of [[FAMILIES, APART.families], [MEANING, APART.meanings], [[...FAMILIES, ...MEANING], APART.any]] as const) {
      const { pair, apart } = leastDistance(names, theme, sight);
      expect(apart, `${pair}: ${apart.toFixed(1)}`).toBeGreaterThanOrEqual(least);
    }
  });

  test('have the contrast of WCAG 2.2 AA: text 4.5, marks and edges of controls 3', () => {
    const texts = ['ink', 'soft', 'accent', 'good', 'bad', 'warn'].flatMap((text) => ['paper', 'card'].map((ground) => [text, ground, 4.5] as const));
    const marks = ['edge', 'noise', ...FAMILIES].map((mark) => [mark, 'card', 3] as const);
    const pairs = [...texts, ...marks, ['edge', 'paper', 3], ['ink', 'accent-pale', 4.5], ['ink', 'bad-pale', 4.5], ['bad', 'bad-pale', 4.5], ['on-accent', 'accent', 4.5]] as const;
    expect(pairs.map(([one, ground, least]) => ({ one, ground, least, is: contrast(of(one, theme), of(ground, theme)) })).filter(({ is, least }) => !(is >= least))).toEqual([]);
  });
});

test('the formula of distance is that of its authors’ test data', () => {
  expect(distance([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(distance([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(distance([50, -1, 2], [50, 0, 0])).toBeCloseTo(2.3669, 4);
});

/** Declarations of a style sheet, as "property: value". */
const declarations = (file: string) => [...read(file).replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([\w-]+):\s*([^;{}]+);/g)].map((match) => [match[1] as string, match[2] as string] as const);

test.each(STYLES)('%s has colours, sizes of letters and distances from the tokens alone', (file) => {
  const foreign = declarations(file).filter(([property, value]) => {
    const bare = value.replace(/calc\(-1 \* var\(--space-\d\)\)|var\(--[\w-]+\)/g, '');
    return (
      /#[0-9a-f]{3,8}\b|\bhsl|\boklch|\brgb\((?!0 0 0)/.test(bare) ||
      (/^font(-size)?$/.test(property) && /\d(px|r?em)\b/.test(bare)) ||
      (/^(row-|column-)?gap$|^padding|^margin(?!-left$)/.test(property) && /(?<![\d.])(?!0\b|-?[12]px\b|76px\b)-?\d/.test(bare))
    );
  });
  expect(foreign).toEqual([]);
});

test('no script has a colour of its own, and nothing but a source has that of a family', () => {
  expect(FILES.filter((file) => /\.tsx?$/.test(file) && /#[0-9a-f]{6}\b|family-\d/.test(read(file)))).toEqual([]);
  expect(STYLES.filter((file) => file !== join('design', 'base.css') && /family-/.test(read(file)))).toEqual([]);
});

// What a page looks like, without pixels: its elements from top to bottom with their texts, boxes, colours and fonts. Pixels are other ones with
// each version of a browser, of a font and of the library that draws it; these are not.

import type { Page } from 'playwright-core';
import { drawn } from './browser';

/** Left edge, gap above, width and height, in pixels. */
export type Box = readonly [number, number, number, number];

/** Something that can be seen. The left edge is told from that of what it stands in, the gap from what stands before it there. */
export interface Seen {
  /** How deep it stands in other elements that are listed. */
  depth: number;
  /** Its tag and classes, its own text, and of how many alike it is the first. */
  what: string;
  /** Its colours, borders, size and weight of letters, and the colours of a drawing. */
  style: string;
  box: Box;
}

/** What was kept of something that was seen: the least and the most of each measure of its box, in the fonts that it was looked at in. */
export interface Kept extends Omit<Seen, 'box'> {
  least: Box;
  most: Box;
}

/**
 * Families and distances of letters with which texts are much narrower or wider than they are: by what they change a box, the fonts of another
 * machine may.
 */
const OTHER_LETTERS = [['serif', '0px'], ['sans-serif', '-2px'], ['monospace', '0px'], ['monospace', '1px']] as const;
/** By how much an edge that does not depend on fonts may differ, in pixels. */
const TOLERANCE = 3;
/** Of elements that are alike and stand side by side, so many are listed. */
const MAX_ALIKE = 3;

/** Lists what can be seen of a page, as it is now. */
function seen(page: Page): Promise<Seen[]> {
  return page.evaluate((mostAlike) => {
    const LISTED = 'svg, canvas, img, input, select, table, figure, section, nav, header, main, footer, dialog';
    const found: Seen[] = [];
    const round = (value: number) => Math.round(10 * value) / 10;
    const nameOf = (element: Element) => [element.tagName.toLowerCase(), ...element.classList].join('.');
    const clear = (colour: string) => colour === 'rgba(0, 0, 0, 0)';

    /** Lists an element and what is in it, and returns the bottom of what was listed. */
    const list = (element: Element, depth: number, left: number, above: number, alike: number): number => {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) {
        return above;
      }
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join(' ').replace(/\s+/g, ' ').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID').trim().slice(0, 60);
      const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => (style[`border${side}Width`] === '0px' || style[`border${side}Style`] === 'none' ? '-' : `${style[`border${side}Width`]} ${style[`border${side}Style`]} ${style[`border${side}Color`]}`));
      const listed = box.width > 1 && box.height > 1 && (text !== '' || element.matches(LISTED) || !clear(style.backgroundColor) || sides.some((side) => side !== '-'));
      const drawn = element.matches('svg') ? [...new Set([...element.querySelectorAll('*')].flatMap((part) => [getComputedStyle(part).fill, getComputedStyle(part).stroke]))].sort() : [];
      if (listed) {
        found.push({
          depth, what: `${nameOf(element)}${text === '' ? '' : ` “${text}”`}${alike > 1 ? ` × ${alike}` : ''}`,
          style: [style.color, style.backgroundColor, ...new Set(sides), style.fontSize, style.fontWeight, ...drawn].join(' | '),
          box: [round(box.left - left), round(box.top - above), round(box.width), round(box.height)],
        });
      }
      if (!element.matches('svg, select')) {
        let bottom = listed ? box.top : above;
        const counts = new Map<string, number>();
        const children = [...element.children];
        for (const child of children) {
          const name = nameOf(child);
          const before = counts.get(name) ?? 0;
          counts.set(name, before + 1);
          if (before < mostAlike) {
            bottom = list(child, depth + (listed ? 1 : 0), listed ? box.left : left, bottom, before === 0 ? children.filter((other) => nameOf(other) === name).length : 1);
          }
        }
        return listed ? box.bottom : bottom;
      }
      return listed ? box.bottom : above;
    };
    const body = document.body.getBoundingClientRect();
    list(document.body, 0, body.left, body.top, 1);
    return found;
  }, MAX_ALIKE);
}

/** Returns what can be seen of a page in its own fonts. */
export async function outline(page: Page): Promise<Seen[]> {
  await drawn(page);
  return seen(page);
}

const each = (one: Box, other: Box, which: (...values: number[]) => number): Box => one.map((value, side) => which(value, other[side] as number)) as unknown as Box;

/** Returns what can be seen of a page in its own fonts and in others, to be kept. */
export async function outlineToKeep(page: Page): Promise<Kept[]> {
  let kept = (await outline(page)).map(({ box, ...one }): Kept => ({ ...one, least: box, most: box }));
  const root = page.locator(':root');
  for (const [family, distance] of OTHER_LETTERS) {
    await root.evaluate((element: HTMLElement, value) => { element.style.cssText = value; }, `--sans: ${family}; letter-spacing: ${distance}`);
    const others = await outline(page);
    kept = kept.map((one, at) => {
      const other = others[at];
      if (other?.what !== one.what) {
        throw new Error(`in ${family} there is ${other?.what} in place of ${one.what}`);
      }
      return { ...one, least: each(one.least, other.box, Math.min), most: each(one.most, other.box, Math.max) };
    });
  }
  await root.evaluate((element: HTMLElement) => { element.style.cssText = ''; });
  return kept;
}

/** Returns in what a page differs from what was kept of it, a line each: up to the first element that is another one, and all boxes and colours before. */
export function changes(kept: readonly Kept[], now: readonly Seen[]): string[] {
  const found: string[] = [];
  for (const [at, one] of kept.entries()) {
    const other = now[at];
    if (other === undefined || other.what !== one.what || other.depth !== one.depth) {
      return [...found, `${one.what}: there is ${other === undefined ? 'nothing' : other.what} in its place`];
    }
    if (one.style !== other.style) {
      found.push(`${one.what}: was ${one.style} and is ${other.style}`);
    }
    for (const [side, name] of ['left edge', 'gap above', 'width', 'height'].entries()) {
      const [least, most, value] = [one.least[side] as number, one.most[side] as number, other.box[side] as number];
      const slack = TOLERANCE + (most - least) / 2;
      if (value < least - slack || value > most + slack) {
        found.push(`${one.what}: ${name} was ${least === most ? least : `${least} to ${most}`} and is ${value}`);
      }
    }
  }
  return kept.length === now.length ? found : [...found, `${now[kept.length]?.what}: is new`];
}

/** Writes what was kept as JSON with a line for each element. */
export const written = (kept: readonly Kept[]): string => `[\n${kept.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;

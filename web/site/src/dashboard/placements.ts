// What pages say of the lists of a placement, an arm or a segment.

import type { Mark } from '../charts/Marks';
import { count, percent } from '../format';
import type { OutcomeRow } from './answers';
import { changeOf } from './overTime';
import { clickedOf } from './statistics';

export const placementName = (placement: string | undefined): string => placement || '(no placement)';

/** The share of a row's lists that were clicked with its interval, and its change where there is a row of before. */
export function clickMark(label: string, row: OutcomeRow, before?: OutcomeRow): Mark {
  const share = clickedOf(row);
  const change = changeOf(share, clickedOf(before), 'share');
  return share === undefined
    ? { label, value: undefined, text: 'no lists' }
    : { label, value: share.value, low: share.low, high: share.high, text: `${percent(share.value)} of ${count(row.lists ?? 0)}`, ...(change === undefined ? {} : { change }) };
}

/** What the intervals of rows are worth. */
export const intervalNote = (rows: readonly OutcomeRow[]): string => {
  const byUser = (row: OutcomeRow) => row.interval?.method === 'buckets';
  const known = rows.filter((row) => row.lists ?? row.places);
  return known.every(byUser)
    ? '95 % intervals, by user.'
    : known.some(byUser)
      ? '95 % intervals, by user; with few lists they assume independent lists, and the true uncertainty is larger.'
      : 'Intervals assume independent lists; the true uncertainty is larger.';
};

/** The share of a row's lists that were clicked, as text. */
const clicked = (row: OutcomeRow) => (row.lists ? percent((row.listsClicked ?? 0) / row.lists) : '–');

const money = (amounts: Record<string, number> | undefined) =>
  Object.entries(amounts ?? {}).map(([currency, amount]) => `${amount.toLocaleString('en', { maximumFractionDigits: 2 })} ${currency}`).join(', ') || '–';

/** What tables of lists have of a row after its names. */
export const LISTS_HEAD = ['Lists', 'Clicked', 'Share', 'Clicks', 'Conversions', 'Revenue', 'Per 1,000 lists'];
export const listCells = (row: OutcomeRow): (string | number)[] => [row.lists ?? 0, row.listsClicked ?? 0, clicked(row), row.clicks, row.conversions, money(row.revenue), money(row.revenuePerThousandLists)];

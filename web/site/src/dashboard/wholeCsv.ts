// The whole list of a route as one file, however many pages it has.

import { Problem, type Api } from '../api';

/** Most pages of one file; of 100 rows each, 10,000 rows. */
export const MAX_PAGES = 100;

const LINE = '\r\n';

/** Returns the main list of a route as CSV, and whether it is all of it. Every page has the names of the columns; the file has them once. */
export async function wholeCsv(api: Pick<Api, 'csv'>, path: string): Promise<{ text: string; whole: boolean }> {
  let page = await api.csv(path);
  const header = page.text.slice(0, page.text.indexOf(LINE) + LINE.length);
  const parts = [page.text];
  while (page.next !== undefined && parts.length < MAX_PAGES) {
    page = await api.csv(page.next);
    if (page.text !== LINE) {
      if (!page.text.startsWith(header)) {
        throw new Problem('The columns of the list changed while it was read. Try again.', 0, undefined);
      }
      parts.push(page.text.slice(header.length));
    }
  }
  return { text: parts.join(''), whole: page.next === undefined };
}

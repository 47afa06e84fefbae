import { now } from './environment.js';
import { read, write } from './store.js';

const MOST = 20;
const DAY = 86_400_000;

/** The lists from which items were opened: item, token, time. */
const lately = (): [string, string, number][] => Object.values<any>(read('from') ?? 0).filter(([, , at]) => now() - at < DAY);

/** Remembers from which list an item was opened, so that reading it counts for that list. */
export const remember = (item: string, exposure: string): void =>
  write('from', [[item, exposure, now()], ...lately().filter(([other]) => other != item)].slice(0, MOST));

export const exposureOf = (item?: string): string | undefined => lately().find(([other]) => other == item)?.[1];

import { now } from './environment.js';
import { lately, write } from './store.js';

const MOST = 20;
const DAY = 86_400_000;

/** The lists from which items were opened: time, item, token. */
const opened = (): [number, string, string][] => lately('from', DAY);

/** Remembers from which list an item was opened, so that reading it counts for that list. */
export const remember = (item: string, exposure: string): void =>
  write('from', [[now(), item, exposure], ...opened().filter(([, other]) => other != item)].slice(0, MOST));

export const exposureOf = (item?: string): string | undefined => opened().find(([, other]) => other == item)?.[2];

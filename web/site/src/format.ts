// Numbers and times as texts. The pages are in English, so figures are too.

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const ONE = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 1,240; below ten one digit after the point. */
export function count(value: number): string {
  return Math.abs(value) < 10 && !Number.isInteger(value) ? ONE.format(value) : WHOLE.format(value);
}

/** 12.1 % of a share from 0 to 1. */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** 42 % of a share; of one that is short of all or of nothing never 100 % or 0 %. */
export function wholePercent(share: number): string {
  return share < 1 && share >= 0.995 ? 'over 99 %' : share > 0 && share < 0.005 ? 'under 1 %' : percent(share, 0);
}

/** +3.0 or −0.4: a difference of shares in percentage points. */
export function points(difference: number, digits = 1): string {
  return signed((100 * difference).toFixed(digits));
}

/** +0.20: by how much an event raises the score of an item, in log odds. */
export const liftText = (lift: number): string => signed(lift.toFixed(2));

/** A number with its sign, the minus being a minus and not a hyphen. */
export function signed(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
}

/** 1 event, 2 events. */
export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** 12 s, 4 min, 3 h, 5 days. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 1) {
    return `${Math.round(milliseconds)} ms`;
  }
  if (seconds < 100) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = seconds / 60;
  if (minutes < 100) {
    return `${Math.round(minutes)} min`;
  }
  const hours = minutes / 60;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}

/** How long ago a time was: "just now", "12 min ago". */
export function ago(time: string | number, now: number = Date.now()): string {
  const then = typeof time === 'number' ? time : Date.parse(time);
  const past = now - then;
  return past < 60_000 ? 'just now' : `${duration(past)} ago`;
}

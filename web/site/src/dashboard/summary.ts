// The first page's first line: whether all is well, or the first thing that is not.

import { count, percent, plural, points } from '../format';
import type { ExperimentResults, Overview } from './answers';
import { clickedShare } from './statistics';

export interface Summary {
  ok: boolean;
  text: string;
  /** Names of the checks that are not well, after the first one. */
  others: string[];
}

/** The difference of the arm that an experiment is about, where its interval is known. */
export function gained(results: ExperimentResults | undefined): { arm: string; difference: number; low: number; high: number } | undefined {
  const arm = results?.arms[0];
  const { difference, interval } = arm?.primary ?? {};
  return arm === undefined || difference === undefined || interval === undefined
    ? undefined
    : { arm: arm.arm, difference, low: interval[0], high: interval[1] };
}

export function summary(overview: Overview, today: string, results: ExperimentResults | undefined): Summary {
  const [first, ...others] = overview.healthy.filter((check) => !check.ok);
  if (first !== undefined) {
    return { ok: false, text: first.sentence, others: others.map((check) => check.check) };
  }
  const { perMinute } = overview.events;
  const day = overview.days.find((one) => one.day === today);
  const share = day === undefined ? undefined : clickedShare(day);
  const gain = gained(results);
  const parts = [
    perMinute === undefined ? `${plural(overview.events.total, 'event')} learned so far` : `${count(perMinute)} events a minute`,
    share === undefined ? 'no list was seen today' : `${percent(share)} of today’s lists clicked`,
    gain === undefined ? '' : `${points(gain.difference)} points over the control of ${results?.id}`,
  ].filter((part) => part !== '');
  return { ok: true, text: `All is well: ${parts.join(', ')}.`, others: [] };
}

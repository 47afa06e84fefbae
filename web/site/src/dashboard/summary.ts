// What a page says first, in a sentence.

import { count, duration, plural, wholePercent } from '../format';
import type { Catalogue, Overview, Topics } from './answers';

export interface Summary {
  ok: boolean;
  text: string;
  /** Names of the checks that are not well, after the first one. */
  others: string[];
}

/** What readers want more of and less of than there is, and how much of the catalogue they see. */
export function contentSummary(topics: Topics | undefined, catalogue: Catalogue | undefined): string {
  const known = (topics?.topics ?? []).filter((topic) => topic.times !== null);
  const wanted = known.filter((topic) => (topic.lower ?? 0) > 1).sort((a, b) => (b.times ?? 0) - (a.times ?? 0))[0];
  const left = known.filter((topic) => (topic.upper ?? 2) < 1).sort((a, b) => (a.times ?? 0) - (b.times ?? 0))[0];
  const parts = [
    wanted === undefined ? '' : `for “${wanted.topic}” is ${times(wanted.times)} its share of what is published`,
    left === undefined ? '' : `for “${left.topic}” ${wanted === undefined ? `is ${times(left.times)} its share of what is published` : `only ${times(left.times)}`}`,
  ].filter((part) => part !== '');
  const first = parts.length > 0 ? `Demand ${parts.join(', ')}.` : topics === undefined ? '' : 'Demand for no topic stands out from what is published.';
  const second =
    catalogue === undefined || catalogue.coverage === null ? '' : `${sentenceCase(wholePercent(catalogue.coverage))} of the catalogue was shown${catalogue.neverShown.count === 0 ? '' : `, ${plural(catalogue.neverShown.count, 'item')} never`}.`;
  return [first, second].filter((part) => part !== '').join(' ');
}

/** A text that begins with a capital. */
export const sentenceCase = (text: string) => text.replace(/^./, (letter) => letter.toUpperCase());

/** 2.9 ×; below one with two digits. */
export const times = (ratio: number | null | undefined): string => (ratio === null || ratio === undefined ? '–' : `${ratioText(ratio)} ×`);

/** A ratio with two digits below one, where tenths are far apart, and one above. */
export const ratioText = (ratio: number): string => ratio.toFixed(ratio < 0.95 ? 2 : 1);

/** How old the model is, how far consumers are behind, how soon events count. */
export function flowSummary(overview: Overview, now: number): Summary {
  const [bad, ...others] = overview.healthy.filter((check) => !check.ok && FLOW_CHECKS.has(check.check));
  if (bad !== undefined) {
    return { ok: false, text: bad.sentence, others: others.map((check) => check.check) };
  }
  const { model, flow } = overview;
  const lag = Math.max(0, ...(flow?.consumers ?? []).map((consumer) => consumer.lagMs));
  const parts = [
    model.madeAt === undefined ? 'There is no version of the model yet' : `Version ${count(model.version)} of the model is ${duration(now - Date.parse(model.madeAt))} old`,
    (flow?.consumers.length ?? 0) === 0 ? '' : `consumers are at most ${duration(lag)} behind`,
    flow?.freshness === undefined || flow.freshness === null || flow.freshness.count === 0 ? '' : `99 % of events count within ${duration(flow.freshness.p99Ms)}`,
  ].filter((part) => part !== '');
  return { ok: true, text: `${parts.join(', ')}.`, others: [] };
}

const FLOW_CHECKS: ReadonlySet<string> = new Set(['model', 'learning', 'consumers', 'quarantine', 'degraded', 'requests']);

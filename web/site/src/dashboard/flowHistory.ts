// What was measured of the flows over the time of a period and of the one before.

import { clockText, DAY, dayText, HOUR, MINUTE, type Range } from '../charts/scale';
import type { Marker } from '../charts/TimeChart';
import { count, plural } from '../format';
import type { FlowHistory } from './answers';
import type { Period } from './period';

/** As far back as steps are kept. */
const MAX_HOURS = 1344;

/** Where the steps of a period and of the one before are asked for; of longer ago, as many as are kept. */
export const flowPath = ({ before }: Pick<Period, 'before'>, now: number): string => `/v1/insights/flow?hours=${Math.min(MAX_HOURS, Math.ceil((now - before.from) / HOUR))}`;

export type Step = FlowHistory['steps'][number];

/** The length of a step in milliseconds. */
export const stepOf = (history: FlowHistory | undefined): number => (history?.step === 'PT5M' ? 5 * MINUTE : HOUR);

/** The steps of a span that have begun, oldest first; undefined where nothing was measured. */
export function stepsIn(history: FlowHistory | undefined, { from, to }: Range, now: number): { at: number; step: Step | undefined }[] {
  const length = stepOf(history);
  const known = new Map((history?.steps ?? []).map((step) => [Date.parse(step.at), step]));
  const first = Math.floor(from / length) * length;
  return Array.from({ length: Math.max(0, Math.ceil((Math.min(to, now) - first) / length)) }, (_, at) => ({ at: first + at * length, step: known.get(first + at * length) }));
}

/** A time in which a check failed by its counts, with what failed. */
export interface Incident extends Range {
  text: string;
}

/** Refused events by code over some steps, the most frequent first; what is over five codes was counted as "other" before. */
export function refusalsOf(steps: readonly (Step | undefined)[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  steps.forEach((step) => step?.refusals?.forEach(({ code, count: more }) => counts.set(code, (counts.get(code) ?? 0) + more)));
  return [...counts].map(([code, number]) => ({ code, count: number })).sort((a, b) => b.count - a.count);
}

/** What failed in steps that fail the check of requests, by the bounds of the API's check: overload, failed answers, refused events. */
function requestsText(steps: readonly Step[]): string {
  const sum = (of: (step: Step) => number | undefined) => steps.reduce((all, step) => all + (of(step) ?? 0), 0);
  const [total, failed, throttled, refused] = [sum((step) => step.requests?.total), sum((step) => step.requests?.serverErrors), sum((step) => step.requests?.throttled), sum((step) => step.refused)];
  const codes = refusalsOf(steps).map(({ code, count: number }) => `${code} ${count(number)}`).join(', ');
  const parts = [
    throttled > total / 100 && `${plural(throttled, 'request was', 'requests were')} refused for overload`,
    failed > total / 100 && `${plural(failed, 'request')} of ${count(total)} failed`,
    refused > (sum((step) => step.accepted) + refused) / 5 && `events were rejected: ${codes === '' ? count(refused) : codes}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'requests failed or events were rejected' : parts.join(', ');
}

const FAILURES: Record<string, (steps: readonly Step[]) => string> = { quarantine: () => 'records were quarantined', requests: requestsText, degraded: () => 'lists were degraded' };

/** The times in which a check failed by its counts, oldest first: one for steps without a gap. */
export function incidentsOf(history: FlowHistory | undefined): Incident[] {
  const length = stepOf(history);
  const runs: { check: string; from: number; to: number; steps: Step[] }[] = [];
  for (const step of history?.steps ?? []) {
    for (const check of step.failed) {
      const at = Date.parse(step.at);
      const open = runs.findLast((run) => run.check === check);
      if (open !== undefined && open.to === at) {
        open.to = at + length;
        open.steps.push(step);
      } else {
        runs.push({ check, from: at, to: at + length, steps: [step] });
      }
    }
  }
  return runs.map(({ check, from, to, steps }) => ({ from, to, text: FAILURES[check]?.(steps) ?? check })).sort((a, b) => a.from - b.from);
}

/** Until when a time lasts, with the day where that is another one. */
export const untilText = ({ from, to }: Range): string => `${to - from >= DAY ? `${dayText(to)}, ` : ''}${clockText(to)}`;

/** The deployments, and the incidents from their begin on. */
export function markersOf(history: FlowHistory | undefined): Marker[] {
  const failed = incidentsOf(history).map((one) => ({ at: one.from, text: `${one.text} until ${untilText(one)}` }));
  const deployed = (history?.steps ?? []).flatMap((step) => (step.deployed ? [{ at: Date.parse(step.at), text: 'a deployment' }] : []));
  return [...failed, ...deployed].sort((a, b) => a.at - b.at);
}

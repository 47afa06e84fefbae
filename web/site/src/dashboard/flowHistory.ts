// What was measured of the flows over the time of a period and of the one before.

import { clockText, DAY, dayText, HOUR, MINUTE, type Range } from '../charts/scale';
import type { Marker } from '../charts/TimeChart';
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

const FAILURES: Record<string, string> = { quarantine: 'records were quarantined', requests: 'requests failed or events were rejected', degraded: 'lists were degraded' };

/** The deployments, and the times at which a check failed by its counts: one marker for steps without a gap, from the first on. */
export function markersOf(history: FlowHistory | undefined): Marker[] {
  const length = stepOf(history);
  const runs: { check: string; from: number; to: number }[] = [];
  for (const step of history?.steps ?? []) {
    for (const check of step.failed) {
      const at = Date.parse(step.at);
      const open = runs.findLast((run) => run.check === check);
      if (open !== undefined && open.to === at) {
        open.to = at + length;
      } else {
        runs.push({ check, from: at, to: at + length });
      }
    }
  }
  const failed = runs.map(({ check, from, to }) => ({ at: from, text: `${FAILURES[check] ?? check} until ${to - from >= DAY ? `${dayText(to)}, ` : ''}${clockText(to)}` }));
  const deployed = (history?.steps ?? []).flatMap((step) => (step.deployed ? [{ at: Date.parse(step.at), text: 'a deployment' }] : []));
  return [...failed, ...deployed].sort((a, b) => a.at - b.at);
}

// Values with their intervals on one scale, as text that everybody can read and marks beside it.

import { ticksOf, type Range } from './scale';
import type { Tone } from './tone';

export interface Mark {
  label: string;
  value: number | undefined;
  low?: number;
  high?: number;
  text: string;
  /** How it differs from what it is compared with. */
  change?: { text: string; tone: Tone };
  tone?: Tone;
  /** Part of the row above. */
  inner?: boolean;
  onOpen?: () => void;
  opened?: boolean;
}

/** Shares are drawn on a scale that is at least so many times as wide as the greatest of them, so that a narrow interval looks narrow. */
const LEAST_WIDTH = 0.25;

/** A share whose interval is wider says nothing, and is no reason to squeeze the others. */
const TELLING_WIDTH = 0.5;

/**
 * The scale of marks: from the least to the greatest end, with a margin. With `around`, that value is always within; without, the
 * marks are shares, and the scale is that of those whose interval says something, within 0 and 1.
 */
export function scaleOf(marks: readonly Mark[], around: number | undefined): Range {
  const telling = marks.filter((mark) => mark.value !== undefined && (mark.high ?? mark.value) - (mark.low ?? mark.value) < TELLING_WIDTH);
  const ends = (around === undefined && telling.length > 0 ? telling : marks).flatMap((mark) => [mark.value, mark.low, mark.high]).filter((end): end is number => end !== undefined && Number.isFinite(end));
  if (around !== undefined) {
    ends.push(around);
  }
  const from = Math.min(...ends);
  const to = Math.max(...ends);
  if (around === undefined) {
    const missing = Math.max(0, LEAST_WIDTH * to - (to - from)) / 2;
    const margin = 0.06 * (to - from) + missing;
    return { from: Math.max(0, from - margin), to: Math.min(1, to + margin) || 1 };
  }
  const margin = (to - from || Math.abs(to) || 1) * 0.06;
  return { from: from - margin, to: to + margin };
}

/** A share at a tick, with as many digits as its step needs. */
const tickText = (value: number, step: number) => `${(100 * value).toFixed(Math.max(0, Math.ceil(-Math.log10(100 * step) - 1e-9)))} %`;

/** Marks below each other. `zero` draws a line at that value. */
export function Marks({ marks, zero, zeroLabel }: { marks: readonly Mark[]; zero?: number; zeroLabel?: string }) {
  const { from, to } = scaleOf(marks, zero);
  const place = (value: number) => Math.max(0, Math.min(100, (100 * (value - from)) / (to - from)));
  const at = (value: number) => `${place(value)}%`;
  const isOn = (value: number) => value >= from && value <= to;
  const ticks = zero === undefined && Number.isFinite(from) ? ticksOf({ from, to }) : [];
  const step = (ticks[1] ?? to) - (ticks[0] ?? from);
  return (
    <>
      <ul class="marks">
        {marks.map((mark) => (
          <li key={mark.label} class={mark.inner ? 'inner' : ''}>
            {mark.onOpen === undefined ? (
              <span class="mark-label">{mark.label}</span>
            ) : (
              <button class="mark-label link" aria-expanded={mark.opened ?? false} onClick={mark.onOpen}>{mark.label}</button>
            )}
            <span class="mark-track" aria-hidden="true">
              {zero !== undefined && <span class="mark-zero" style={{ left: at(zero) }} />}
              {mark.low !== undefined && mark.high !== undefined && (
                <span class={`mark-interval ${mark.tone ?? ''}`} style={{ left: at(mark.low), right: `${100 - place(mark.high)}%` }} />
              )}
              {mark.value !== undefined && isOn(mark.value) && <span class={`mark-dot ${mark.tone ?? ''}`} style={{ left: at(mark.value) }} />}
              {mark.value !== undefined && !isOn(mark.value) && <span class={`mark-beyond ${mark.value < from ? 'less' : 'more'}`}>{mark.value < from ? '◂' : '▸'}</span>}
            </span>
            <span class="number mark-text">{mark.text}{mark.change !== undefined && <> <span class={`change ${mark.change.tone}`}>{mark.change.text}</span></>}</span>
          </li>
        ))}
        {ticks.length > 0 && (
          <li aria-hidden="true">
            <span class="mark-ticks number">{ticks.map((tick) => <span key={tick} style={{ left: at(tick) }}>{tickText(tick, step)}</span>)}</span>
          </li>
        )}
      </ul>
      {zeroLabel !== undefined && <p class="soft small">{zeroLabel}</p>}
    </>
  );
}

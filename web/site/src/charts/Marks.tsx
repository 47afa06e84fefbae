// Values with their intervals on one scale, as text that everybody can read and marks beside it.

export interface Mark {
  label: string;
  value: number | undefined;
  low?: number;
  high?: number;
  text: string;
  /** Part of the row above. */
  inner?: boolean;
  onOpen?: () => void;
  opened?: boolean;
}

/** The scale of marks: from the least to the greatest end, with a margin; `around` is always within. */
export function scaleOf(marks: readonly Mark[], around: number | undefined): { from: number; to: number } {
  const ends = marks.flatMap((mark) => [mark.value, mark.low, mark.high]).filter((end): end is number => end !== undefined && Number.isFinite(end));
  if (around !== undefined) {
    ends.push(around);
  }
  const from = Math.min(...ends);
  const to = Math.max(...ends);
  const margin = (to - from || Math.abs(to) || 1) * 0.06;
  return { from: from - margin, to: to + margin };
}

/** Marks below each other. `zero` draws a line at that value. */
export function Marks({ marks, zero, zeroLabel }: { marks: readonly Mark[]; zero?: number; zeroLabel?: string }) {
  const { from, to } = scaleOf(marks, zero);
  const at = (value: number) => `${(100 * (value - from)) / (to - from)}%`;
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
                <span class="mark-interval" style={{ left: at(mark.low), right: `${(100 * (to - mark.high)) / (to - from)}%` }} />
              )}
              {mark.value !== undefined && <span class="mark-dot" style={{ left: at(mark.value) }} />}
            </span>
            <span class="number mark-text">{mark.text}</span>
          </li>
        ))}
      </ul>
      {zeroLabel !== undefined && <p class="soft small">{zeroLabel}</p>}
    </>
  );
}

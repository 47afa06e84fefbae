// Ratios around 1 × on a logarithmic scale, so that twice as much is as far from the middle as half as much; grey where 1 × is in the interval.

export interface RatioBar {
  label: string;
  times: number | undefined;
  low?: number | undefined;
  high?: number | undefined;
  text: string;
}

/** The most that the scale reaches to either side, as a power of two: 1 is from ½ × to 2 ×. */
export function reachOf(bars: readonly RatioBar[]): number {
  const ends = bars.flatMap((bar) => [bar.times, bar.low, bar.high]).filter((end): end is number => end !== undefined && end > 0);
  const farthest = Math.max(1, ...ends.map((end) => Math.abs(Math.log2(end))));
  return Math.min(MAX_REACH, Math.ceil(farthest));
}

const MAX_REACH = 6;
const FRACTIONS: Record<number, string> = { 1: '½', 2: '¼', 3: '⅛' };
const tick = (power: number) => `${power < 0 ? (FRACTIONS[-power] ?? `1/${2 ** -power}`) : 2 ** power} ×`;

export function Ratios({ bars, left, right }: { bars: readonly RatioBar[]; left: string; right: string }) {
  const reach = reachOf(bars);
  const at = (times: number) => 50 + (50 * Math.max(-reach, Math.min(reach, Math.log2(Math.max(1e-9, times))))) / reach;
  const between = (one: number, other: number) => ({ left: `${Math.min(at(one), at(other))}%`, right: `${100 - Math.max(at(one), at(other))}%` });
  const step = reach > 3 ? Math.ceil(reach / 2) : 1;
  const powers = Array.from({ length: 2 * reach + 1 }, (_, number) => number - reach).filter((power) => power % step === 0);
  return (
    <ul class="ratios">
      <li aria-hidden="true"><span class="ratio-sides"><span>◂ {left}</span><span>{right} ▸</span></span></li>
      {bars.map((bar) => (
        <li key={bar.label}>
          <span class="bar-label">{bar.label}</span>
          <span class="ratio-track" aria-hidden="true">
            <span class="ratio-one" />
            {bar.times !== undefined && <span class={`ratio-bar ${(bar.low ?? 2) <= 1 && (bar.high ?? 0) >= 1 ? 'noise' : ''}`} style={between(1, bar.times)} />}
            {bar.low !== undefined && bar.high !== undefined && <span class="ratio-interval" style={between(bar.low, bar.high)} />}
          </span>
          <span class="number">{bar.text}</span>
        </li>
      ))}
      <li aria-hidden="true">
        <span class="ratio-ticks number">{powers.map((power) => <span key={power} style={{ left: `${50 + (50 * power) / reach}%` }}>{tick(power)}</span>)}</span>
      </li>
    </ul>
  );
}

import type { Tone } from './tone';

// A table with bars: each is behind its label, and its number beside it. The number is the value, so that nothing is told by length or colour alone.

export interface Bar {
  /** Tells bars of one label apart; the label where left out. */
  key?: string;
  label: string;
  value: number;
  text: string;
  tone?: Tone;
}

export function Bars({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(...bars.map((bar) => bar.value), 1e-9);
  return (
    <ul class="bars">
      {bars.map((bar) => (
        <li key={bar.key ?? bar.label}>
          <span class="bar-cell">
            <span class={`bar ${bar.tone ?? ''}`} style={{ width: `${(100 * Math.max(0, bar.value)) / most}%` }} />
            <span class="bar-label">{bar.label}</span>
          </span>
          <span class="number">{bar.text}</span>
        </li>
      ))}
    </ul>
  );
}

// Bars as a list: label, bar, number. The number is the value, so that nothing is told by length or colour alone.

export interface Bar {
  /** Tells bars of one label apart; the label where left out. */
  key?: string;
  label: string;
  value: number;
  text: string;
  family?: number;
}

export function Bars({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(...bars.map((bar) => bar.value), 1e-9);
  return (
    <ul class="bars">
      {bars.map((bar) => (
        <li key={bar.key ?? bar.label}>
          <span class="bar-label">{bar.label}</span>
          <span class="bar-track" aria-hidden="true">
            <span class={`bar family-${bar.family ?? 1}`} style={{ width: `${(100 * Math.max(0, bar.value)) / most}%` }} />
          </span>
          <span class="number">{bar.text}</span>
        </li>
      ))}
    </ul>
  );
}

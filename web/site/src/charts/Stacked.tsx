// Shares of a whole as one bar a row, in the order and colours of the families.

import { FAMILIES } from '../families';
import { percent } from '../format';

export interface StackedRow {
  label: string;
  shares: { family: number; name: string; share: number }[];
  text: string;
}

export function Stacked({ rows }: { rows: readonly StackedRow[] }) {
  return (
    <>
      <ul class="stacked">
        {rows.map((row) => (
          <li key={row.label}>
            <span class="bar-label">{row.label}</span>
            <span class="stacked-track" role="img" aria-label={row.shares.map((one) => `${one.name} ${percent(one.share, 0)}`).join(', ')}>
              {row.shares.map((one) => <span key={one.family} class={`family-${one.family}`} style={{ width: `${100 * one.share}%` }} />)}
            </span>
            <span class="number">{row.text}</span>
          </li>
        ))}
      </ul>
      <FamilyLegend />
    </>
  );
}

/** The colours of the families with their names. */
export function FamilyLegend() {
  return (
    <ul class="legend" aria-label="Colours of the bars">
      {FAMILIES.map((family, at) => <li key={family.name}><span class={`swatch family-${at + 1}`} />{family.name}</li>)}
    </ul>
  );
}

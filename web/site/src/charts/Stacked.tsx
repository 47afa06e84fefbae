// Shares of a whole as one bar a row, in the order and colours of the families.

import { FAMILIES, familyOf, type FamilyShare } from '../families';
import { percent } from '../format';

export interface StackedRow {
  label: string;
  shares: readonly FamilyShare[];
  text: string;
}

export function Stacked({ rows }: { rows: readonly StackedRow[] }) {
  return (
    <>
      <ul class="stacked">
        {rows.map((row) => (
          <li key={row.label}>
            <span class="bar-label">{row.label}</span>
            <Shares of={row.shares} />
            <span class="number">{row.text}</span>
          </li>
        ))}
      </ul>
      <FamilyLegend />
    </>
  );
}

/** Shares of the families, which a screen reader says. */
export function Shares({ of, thin = false }: { of: readonly FamilyShare[]; thin?: boolean }) {
  return (
    <span class={thin ? 'shares thin' : 'shares'} role="img" aria-label={of.map((one) => `${one.name} ${percent(one.share, 0)}`).join(', ')}>
      {of.map((one) => <span key={one.name} class={one.family} style={{ width: `${100 * one.share}%` }} />)}
    </span>
  );
}

/** The colours of the families with their names. */
export function FamilyLegend() {
  return (
    <ul class="legend" aria-label="Colours of the bars">
      {FAMILIES.map(({ name, sources: [first] }) => <li key={name}><span class={`swatch ${familyOf(first)}`} />{name}</li>)}
    </ul>
  );
}

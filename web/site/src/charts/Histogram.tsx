import { useState } from 'preact/hooks';
import { sliderOf } from './cursor';

export interface Bin {
  /** The bin in words, which the cursor says. */
  text: string;
  value: number;
  /** What stands at its right edge. */
  edge: string;
}

interface Props {
  bins: readonly Bin[];
  label: string;
  /** What stands at the left edge of the first bin. */
  from: string;
  /** The bin that is told until the cursor is moved. */
  first: number;
  /** A line at the right edge of the bin of this number; what is beyond is hatched, so that it is not told by colour alone. */
  mark?: { after: number; text: string };
}

/** Counts of values by the bin that they are in, with the bounds of the bins at their edges. */
export function Histogram({ bins, label, from, first, mark }: Props) {
  const [moved, move] = useState<number | undefined>(undefined);
  const at = Math.min(moved ?? first, bins.length - 1);
  const most = Math.max(...bins.map((one) => one.value), 1e-9);
  const said = bins[at]?.text ?? '';
  const beyond = (number: number) => mark !== undefined && number > mark.after;
  return (
    <div class="histogram">
      <div class="column-box" {...sliderOf(bins.length, at, label, said, move)} onPointerLeave={() => move(undefined)}>
        {bins.map((one, number) => (
          <span key={number} class={`column${number === moved ? ' at' : ''}${beyond(number) ? ' beyond warn' : ''}`} onPointerEnter={() => move(number)}>
            <span class="column-part" style={{ height: `${(100 * one.value) / most}%` }} />
          </span>
        ))}
        {mark !== undefined && <span class="column-mark" style={{ left: `${(100 * (mark.after + 1)) / bins.length}%` }}><span>{mark.text}</span></span>}
      </div>
      <div class="column-ticks number" aria-hidden="true">
        {[from, ...bins.map((one) => one.edge)].map((edge, number) => <span key={number} style={{ left: `${(100 * number) / bins.length}%` }}>{edge}</span>)}
      </div>
      <p class="readout small number" aria-hidden="true">{said}</p>
    </div>
  );
}

// Columns side by side, each of one or more parts: a histogram, or shares by hour.

import { useCursor } from './cursor';
import type { Tone } from './tone';

export interface Column {
  /** The column in words, which the cursor says. */
  text: string;
  /** What stands below the column; most have nothing. */
  tick?: string;
  parts: { value: number; tone?: Tone }[];
  /** On the wrong side of the mark: hatched, so that it is not told by colour alone. */
  beyond?: boolean;
}

interface Props {
  columns: readonly Column[];
  label: string;
  /** The column that is told until the cursor is moved. */
  first: number;
  /** A line after the column of this number. */
  mark?: { after: number; text: string };
}

const total = (column: Column) => column.parts.reduce((sum, part) => sum + part.value, 0);

export function Columns({ columns, label, first, mark }: Props) {
  const most = Math.max(...columns.map(total), 1e-9);
  const cursor = useCursor(columns.length, first, label, (at) => columns[at]?.text ?? '');
  return (
    <div class="columns-chart">
      <div class="column-box" {...cursor.slider} onPointerLeave={() => cursor.move(undefined)}>
        {columns.map((column, at) => (
          <span
            key={at} class={`column${cursor.moved && at === cursor.at ? ' at' : ''}${column.beyond ? ' beyond' : ''}`}
            onPointerEnter={() => cursor.move(at)}
          >
            {column.parts.map((part, number) => (
              <span key={number} class={`column-part ${part.tone ?? ''}`} style={{ height: `${(100 * part.value) / most}%` }} />
            ))}
          </span>
        ))}
        {mark !== undefined && (
          <span class="column-mark" style={{ left: `${(100 * (mark.after + 1)) / columns.length}%` }}>
            <span>{mark.text}</span>
          </span>
        )}
      </div>
      <div class="column-ticks number" aria-hidden="true">
        {columns.map((column, at) => <span key={at}>{column.tick !== undefined && <span>{column.tick}</span>}</span>)}
      </div>
      <p class="soft small number" aria-hidden="true">{columns[cursor.at]?.text ?? ''}</p>
    </div>
  );
}

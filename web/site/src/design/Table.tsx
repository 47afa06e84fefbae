import { useState } from 'preact/hooks';
import type { Tone } from '../charts/tone';
import { count, plural } from '../format';

// A table that sorts and filters, with bars behind its first column. The number of a bar stands beside it, so that nothing is told by length or colour alone.

export type Cell = string | number | null | undefined;

export interface Column {
  name: string;
  /** A number in words; with at most three digits after the point where left out. Files have it as it is. */
  text?: (value: number) => string;
}

export interface TableData {
  head: readonly (string | Column)[];
  rows: readonly (readonly Cell[])[];
  /** What the bar of each row means. */
  tones?: readonly (Tone | undefined)[];
}

/** Rows from which on a table with all its columns can be filtered. */
const MANY = 10;

/** Rows that are drawn at once: hundreds more would keep a slow processor from the next click. */
const DRAWN = 50;

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** Letters from which on a text has room to break into lines. */
const LONG = 20;

export const nameOf = (column: string | Column): string => (typeof column === 'string' ? column : column.name);

/** A cell in words. */
export function textOf(column: string | Column | undefined, cell: Cell): string {
  return cell === null || cell === undefined || cell === ''
    ? '–'
    : typeof cell === 'number'
      ? ((typeof column === 'object' ? column.text : undefined)?.(cell) ?? NUMBER.format(cell))
      : cell;
}

/** A cell as a number where it is or begins with one. */
const numberOf = (cell: Cell): number => (typeof cell === 'number' ? cell : Number.parseFloat(String(cell ?? '').replaceAll(',', '').replace('−', '-').replace('+', '')));

/** Rows in the order of a column: numbers by their size, anything else as texts; what is not known comes last. */
export function sorted<T>(rows: readonly T[], cellOf: (row: T) => Cell, down: boolean): T[] {
  const known = rows.filter((row) => !['', '–', null, undefined].includes(cellOf(row) as string));
  const numbers = known.every((row) => !Number.isNaN(numberOf(cellOf(row))) && !/^\d{4}-/.test(String(cellOf(row))));
  const order = numbers ? (a: T, b: T) => numberOf(cellOf(a)) - numberOf(cellOf(b)) : (a: T, b: T) => String(cellOf(a)).localeCompare(String(cellOf(b)), 'en');
  const ordered = [...known].sort((a, b) => (down ? -order(a, b) : order(a, b)));
  const isKnown = new Set(known);
  return [...ordered, ...rows.filter((row) => !isKnown.has(row))];
}

interface Props {
  table: TableData;
  title: string;
  /** The columns that are shown; all where left out. */
  columns?: readonly number[] | undefined;
  /** The column whose numbers are bars. */
  bar?: number | undefined;
  /** Rows that are shown until all are asked for. */
  most?: number | undefined;
}

export function Table({ table, title, columns: some, bar, most = Infinity }: Props) {
  const columns = some ?? table.head.map((_, at) => at);
  const [order, setOrder] = useState<{ column: number; down: boolean } | undefined>(undefined);
  const [wanted, setWanted] = useState('');
  const [drawn, setDrawn] = useState(DRAWN);
  const all = table.rows.map((cells, at) => ({ cells, at }));
  const found = all.filter(({ cells }) => wanted === '' || columns.some((column) => textOf(table.head[column], cells[column]).toLocaleLowerCase('en').includes(wanted)));
  const shown = order === undefined ? found : sorted(found, ({ cells }) => cells[order.column], order.down);
  /** A column is of texts where its first known cell is one. */
  const isText = (column: number) => /^[^\d+−]/.test(String(table.rows.find((row) => !['', '–', null, undefined].includes(row[column] as string))?.[column] ?? 0));
  /** What a column's cells look like: texts, and long ones. */
  const lookOf = (column: number) => (!isText(column) ? '' : table.rows.some((row) => String(row[column] ?? '').length > LONG) ? 'text wide' : 'text');
  const looks = new Map(columns.map((column) => [column, lookOf(column)]));
  const longest = bar === undefined ? 0 : Math.max(...table.rows.map((row) => numberOf(row[bar]) || 0), 1e-9);
  /** First the way that says the most, then the other one, then as it came. */
  const sort = (column: number) => {
    const first = !isText(column);
    setOrder(order?.column !== column ? { column, down: first } : order.down === first ? { column, down: !first } : undefined);
  };
  return (
    <div class="table">
      {some === undefined && table.rows.length > MANY && (
        <input type="search" class="quiet" aria-label={`Filter “${title}”`} placeholder="Filter" value={wanted} onInput={(event) => setWanted(event.currentTarget.value.trim().toLocaleLowerCase('en'))} />
      )}
      <div class="scroll">
        <table aria-label={title}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" class={looks.get(column)} aria-sort={order?.column !== column ? undefined : order.down ? 'descending' : 'ascending'}>
                  <button class="plain" onClick={() => sort(column)}>{nameOf(table.head[column]!)}<span aria-hidden="true">{order?.column !== column ? '' : order.down ? ' ↓' : ' ↑'}</span></button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, Math.min(most, drawn)).map(({ cells, at }) => (
              <tr key={at}>
                {columns.map((column, place) => {
                  const text = textOf(table.head[column], cells[column]);
                  return place > 0 ? <td key={column} class={looks.get(column)}>{text}</td> : (
                    <th key={column} scope="row">
                      {bar === undefined ? text : (
                        <span class="bar-cell">
                          <span class={`bar ${table.tones?.[at] ?? ''}`} style={{ width: `${(100 * Math.max(0, numberOf(cells[bar]) || 0)) / longest}%` }} />
                          <span class="bar-label">{text}</span>
                        </span>
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {Math.min(most, shown.length) > drawn && <button class="quiet" onClick={() => setDrawn(drawn + DRAWN)}>Show {plural(Math.min(DRAWN, shown.length - drawn), 'row')} more of {count(shown.length)}</button>}
      {shown.length === 0 && table.rows.length > 0 && <p class="empty" role="status">No row has “{wanted}” in it.</p>}
    </div>
  );
}

import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useId, useReducer, useRef, useState } from 'preact/hooks';
import type { Api } from '../api';
import { Copy } from '../design/Command';
import { Drawer } from '../design/Drawer';
import { closeMenu, Menu } from '../design/Menu';
import { Empty, Failed, Loading } from '../design/states';
import { nameOf, Table, textOf, type TableData } from '../design/Table';
import { duration } from '../format';
import type { Polled } from './polled';
import { csv } from './statistics';
import { wholeCsv } from './wholeCsv';

/** What files of whole lists are asked from. */
export const ApiContext = createContext<Api | undefined>(undefined);

/** A file with the main list of a route, all its pages included. */
export interface RouteFile {
  /** Without its ending. */
  name: string;
  path: string;
  /** What the button says. */
  label?: string;
}

interface Props {
  title: string;
  /** What the figure shows, in a sentence of one line. */
  caption: string;
  /** All its numbers; where making them takes time, what makes them once they are asked for. */
  table?: TableData | (() => TableData);
  /** The columns and rows of the table that are the chart; where left out, the table is shown when it is asked for. */
  brief?: { columns: readonly number[]; bar?: number; most?: number };
  /** Name of the file with the table, without its ending; or the files with the lists of routes, which may be longer than the table. */
  file?: string | readonly RouteFile[];
  /** How the figures are computed. */
  how?: string;
  /** What is said in place of the chart where there is nothing to show yet, with what fills it. */
  empty?: ComponentChildren;
  children?: ComponentChildren;
}

/** A chart or a table with its finding in words; the menu has all its numbers, as a table, to copy and as a file, and how they are computed. */
export function Figure({ title, caption, table, brief, file, how, empty, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [explained, setExplained] = useState(false);
  const [shown, setShown] = useState(false);
  const id = useId();
  const made = () => (typeof table === 'function' ? table() : table!);
  const isTable = typeof table === 'function' || (table?.rows.length ?? 0) > 0;
  return (
    <figure class="panel" aria-labelledby={`${id}-title`}>
      <figcaption class="head">
        <h2 id={`${id}-title`}>{title}</h2>
        {(isTable || how !== undefined) && (
          <Menu label={`More of “${title}”`}>
            {isTable && (
              <>
                <button data-closes aria-expanded={shown} aria-controls={`${id}-table`} onClick={() => setShown(!shown)}>{shown ? (brief === undefined ? 'Hide the numbers' : 'Show fewer numbers') : brief === undefined ? 'Show the numbers' : 'Show all numbers'}</button>
                <Copy text={() => lines(made())} label="Copy the numbers" />
                {typeof file === 'string' ? (
                  <button data-closes onClick={() => download(`${file}.csv`, csv(made().head.map(nameOf), made().rows.map((row) => row.map((cell) => cell ?? ''))))}>Download as CSV</button>
                ) : (
                  file?.map((one) => <RouteDownload key={one.name} of={one} />)
                )}
              </>
            )}
            {how !== undefined && <button aria-haspopup="dialog" onClick={(event) => { closeMenu(event); setExplained(true); }}>How this is computed</button>}
          </Menu>
        )}
        <p class="soft small">{caption}</p>
      </figcaption>
      {explained && <Drawer dialog={dialog} title={title} opened onClose={() => setExplained(false)}><p>{how}</p></Drawer>}
      {empty === undefined || empty === false ? children : <Empty>{empty}</Empty>}
      <div id={`${id}-table`} hidden={!shown && brief === undefined}>
        {(shown || brief !== undefined) && isTable && <Table table={made()} title={title} {...(shown ? { bar: brief?.bar } : brief)} />}
      </div>
    </figure>
  );
}

/** A table as lines with tabs, which spreadsheets take. */
const lines = ({ head, rows }: TableData): string => [head.map(nameOf), ...rows.map((row) => row.map((cell, at) => textOf(head[at], cell)))].map((row) => row.join('\t')).join('\n');

/** A button that asks a route for its list and saves it. */
export function RouteDownload({ of: { name, path, label = 'Download as CSV' }, look = '' }: { of: RouteFile; look?: string }) {
  const api = useContext(ApiContext);
  const [state, setState] = useState<{ busy: boolean; told: string }>({ busy: false, told: '' });
  const save = async () => {
    if (api === undefined || state.busy) {
      return;
    }
    setState({ busy: true, told: '' });
    try {
      const { text, whole } = await wholeCsv(api, path);
      download(`${name}.csv`, text);
      setState({ busy: false, told: whole ? '' : 'The list is longer than the file, which has its first 10,000 rows.' });
    } catch (failure) {
      setState({ busy: false, told: `The file could not be loaded. ${(failure as Error).message}` });
    }
  };
  return (
    <>
      <button class={look} aria-disabled={state.busy} onClick={save}>{state.busy ? 'Loading the file…' : label}</button>
      <span class="small" role="status">{state.told}</span>
    </>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** The problems on the page: one that several figures have is told once, by the first of them. */
const problems: { message: string; retry: () => void; hear: () => void }[] = [];

/** Whether a problem is told here, and what tries all again that have it. */
function useTold(message: string | undefined, retry: () => void): { first: boolean; again: () => void } {
  const [mine, set] = useState<(typeof problems)[number] | undefined>(undefined);
  const [, hear] = useReducer((number: number, _: void) => number + 1, 0);
  useEffect(() => {
    if (message === undefined) {
      return undefined;
    }
    const one = { message, retry, hear: () => hear() };
    problems.push(one);
    set(one);
    return () => {
      problems.splice(problems.indexOf(one), 1);
      problems.forEach((other) => other.hear());
    };
  }, [message, retry]);
  const same = problems.filter((one) => one.message === message);
  return { first: mine !== undefined && same[0] === mine, again: () => same.forEach((one) => one.retry()) };
}

/** Shows an answer, or that it is loading, or why it failed; the last good one stays, marked with its age. */
export function Loaded<T>({ of, what, children }: { of: Polled<T>; what: string; children: (value: T) => ComponentChildren }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  const { value, problem } = of;
  const { first, again } = useTold(problem?.message, of.retry);
  return (
    <>
      {problem !== undefined && !first && value === undefined && <p class="soft small">{what} could not be loaded.</p>}
      {problem !== undefined && first && (
        <Failed what={`${what} could not be loaded.`} retry={{ label: 'Try again', run: again }}>
          {problem.message}
          {problem.traceId !== undefined && <> Trace <code>{problem.traceId}</code>.</>}
          {value !== undefined && <> The figures below are {duration(Date.now() - of.at)} old.</>}
        </Failed>
      )}
      {value !== undefined ? children(value) : problem === undefined && late && <Loading what={what.toLowerCase()} />}
    </>
  );
}

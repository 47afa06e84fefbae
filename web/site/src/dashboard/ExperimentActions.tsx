// Making and changing experiments, in a tab whose key may.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api, Problem } from '../api';
import { Drawer } from '../design/Drawer';
import { Failed } from '../design/states';
import type { Definition, ExperimentChanges } from './answers';

/** Whether the key of this tab may change experiments. */
export function useMayChange({ keys }: Api): boolean {
  const [may, set] = useState(keys.changesExperiments());
  useEffect(() => keys.onChange(() => set(keys.changesExperiments())), [keys]);
  return may;
}

const pathOf = (id: string) => `/v1/experiments/${encodeURIComponent(id)}`;

/** Whether a change is under way, what says why the last one was refused, and what runs one. */
function useChange() {
  const [{ busy, problem }, set] = useState<{ busy: boolean; problem?: Problem }>({ busy: false });
  const run = async (change: () => Promise<unknown>) => {
    if (!busy) {
      set({ busy: true });
      await change().then(() => set({ busy: false }), (refused) => set({ busy: false, problem: refused as Problem }));
    }
  };
  const refused = problem && <Failed what="This was refused.">{problem.message} <code>{problem.code}</code>{problem.traceId !== undefined && <> Trace <code>{problem.traceId}</code>.</>}</Failed>;
  return { busy, refused, run };
}

/** What a button says, what it does in a sentence, and how it changes the definition. */
type Action = { label: string; does: string; edit: (definition: Definition) => Partial<Definition> };

/** What can be done with an experiment: first what begins or ends it, then what lets nobody, or users again, enter. */
function actionsOf(status: string, traffic: number, before: number): Action[] {
  switch (status) {
    case 'draft':
      return [{ label: 'Start', does: 'Users are assigned to the arms from now on, and enter with the first list that they see. Only traffic and the end can change then.', edit: () => ({ status: 'running' }) }];
    case 'running':
      return [
        { label: 'Stop', does: 'Lists are as without the experiment from now on, for good. The results stay, and it begins again only as a new phase, without them.', edit: () => ({ status: 'stopped' }) },
        traffic > 0
          ? { label: 'Pause', does: 'Nobody new enters. Who is in keeps the arm and counts on, so that the arms stay comparable.', edit: () => ({ traffic: 0 }) }
          : { label: 'Resume', does: `Users enter again, ${Math.round(100 * before)} % of its slots as before the pause.`, edit: () => ({ traffic: before }) },
      ];
    default:
      return [{ label: 'Begin a new phase', does: 'Everybody is assigned afresh under a new salt, and the results of the phase before are not shown any more.', edit: ({ id, version }) => ({ status: 'running', salt: `${id}-${version + 1}` }) }];
  }
}

type Props = { api: Api; id: string; status: string; traffic: number; changes: ExperimentChanges['changes']; done: () => void };

/** Buttons that change an experiment, each after saying what it does. */
export function ExperimentActions({ api, id, status, traffic, changes, done }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, ask] = useState<Action | undefined>(undefined);
  const [told, tell] = useState('');
  const { busy, refused, run } = useChange();
  const put = async ({ edit }: Action) => {
    const before = await api.call<Definition>(pathOf(id));
    const { version } = await api.call<Definition>(pathOf(id), { method: 'PUT', body: { ...before, ...edit(before), version: before.version + 1 } });
    tell(`Version ${version} is stored; lists follow it within seconds.`);
    dialog.current?.close();
    done();
  };
  return (
    <>
      {actionsOf(status, traffic, changes.find((one) => one.traffic > 0)?.traffic ?? 1).map((action, at) => (
        <button key={at} class="quiet" aria-haspopup="dialog" onClick={() => { ask(action); void run(async () => dialog.current?.showModal()); }}>{action.label}</button>
      ))}
      <span class="small soft" role="status">{told}</span>
      <Drawer dialog={dialog} title={`${asked?.label ?? 'Change'}: ${id}`}>
        {refused}
        <p>{asked?.does}</p>
        {asked !== undefined && <button class="primary" aria-disabled={busy} onClick={() => void run(() => put(asked))}>{asked.label}</button>}
      </Drawer>
    </>
  );
}

/** A definition with a line for each member, as it is shown and edited. */
export const written = (definition: object) => `{${Object.entries(definition).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n ')}}`;

const FIRST = written({
  id: '', version: 1, status: 'draft', layer: '', traffic: 0.2, salt: '', plannedUsers: 20_000,
  arms: [{ id: 'control', weight: 0.5 }, { id: 'varied', weight: 0.5, diversity: 0.6 }], metrics: { primary: 'listCtr', window: '7d' },
});

const NUMBER = { type: 'number', required: true, min: 1 };

/** The parts of a definition that have a field: its label and look, its value, and the definition with another one. */
const FIELDS: readonly [string, object, (of: Definition) => string | number, (value: string, of: Definition) => Partial<Definition>][] = [
  ['Name', { required: true, pattern: '[A-Za-z0-9._\\-]{1,46}', title: 'Letters, digits, points, hyphens and underscores' }, (of) => of.id, (id) => ({ id, layer: id, salt: `${id}-1` })],
  ['Placements, with commas; all where empty', {}, (of) => [of.target?.['placements'] ?? []].flat().join(), (value, of) => ({ target: { ...of.target, placements: value === '' ? [] : value.split(',').map((one) => one.trim()) } })],
  ['Users who may enter, in %', { ...NUMBER, max: 100 }, (of) => Math.round(100 * (of.traffic ?? 1)), (value) => ({ traffic: Number(value) / 100 })],
  ['Users planned', { ...NUMBER, min: 100 }, (of) => of.plannedUsers, (value) => ({ plannedUsers: Number(value) })],
];

/** A form for a new experiment: its fields are parts of the definition below them, which is what is put. */
export function MakeExperiment({ api, made }: { api: Api; made: (id: string) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState(FIRST);
  const { busy, refused, run } = useChange();
  let definition: Definition | undefined;
  try {
    definition = JSON.parse(text) as Definition;
  } catch {
    // the form says it
  }
  const put = (event: Event) => {
    event.preventDefault();
    const status = ((event as SubmitEvent).submitter as HTMLButtonElement | null)?.value ?? 'draft';
    return definition && run(async () => {
      await api.call(pathOf(definition.id), { method: 'PUT', body: { ...definition, status } });
      dialog.current?.close();
      setText(FIRST);
      made(definition.id);
    });
  };
  return (
    <>
      <button class="quiet" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>New experiment</button>
      <Drawer dialog={dialog} title="New experiment">
        <form class="stack small fields" onSubmit={put}>
          {definition && FIELDS.map(([label, look, value, edit]) => (
            <label key={label}>{label} <input {...look} autocomplete="off" value={value(definition)} onInput={(event) => setText(written({ ...definition, ...edit(event.currentTarget.value, definition) }))} /></label>
          ))}
          <label>Definition: arms, what decides and guardrails <textarea class="number" rows={16} spellcheck={false} aria-describedby="no-json" value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
          <p id="no-json" class="fault" role="alert">{definition === undefined ? 'The definition is no JSON.' : ''}</p>
          {refused}
          <div class="row">
            <button class="primary" value="running" aria-disabled={busy}>Start</button>
            <button class="quiet" value="draft" aria-disabled={busy}>Keep as a draft</button>
          </div>
        </form>
      </Drawer>
    </>
  );
}

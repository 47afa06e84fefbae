import { Command } from '../design/Command';
import type { Overview } from './answers';

interface Step {
  name: string;
  done: boolean;
  why: string;
  lines: string;
}

/** The steps to a list whose click is counted, in their order; each is done once the figures have it. */
export function stepsOf({ model, events, flow, days }: Overview): Step[] {
  const lists = days.some((day) => day.lists > 0);
  const clicked = days.some((day) => day.listsClicked > 0);
  return [
    { name: 'The stack is up', done: true, why: 'It answers this page.', lines: './freshet up' },
    { name: 'A key is made', done: true, why: 'This page reads with it. A server and a site need keys of their own.', lines: './freshet keys create secret --name backend\n./freshet keys create publishable --name site --origin https://www.example.org' },
    { name: 'Items are in the catalogue', done: model.items > 0, why: 'Only items of the catalogue are recommended.', lines: './freshet items put items.jsonl' },
    { name: 'The first event is learned', done: events.total > 0, why: 'From a history, or from a site with the tracker.', lines: './freshet import jsonl events.jsonl' },
    { name: 'The first list is made', done: lists || (flow?.recommendations.count ?? 0) > 0, why: 'By this command, or by POST /v1/recommendations of your server.', lines: './freshet recommend --user USER --count 5' },
    {
      name: 'The first click counts', done: clicked, why: 'A page sends an impression and a click with the token of the list; the tracker does so by itself.',
      lines: '<script async src="freshet.js" data-endpoint="https://API" data-key="fpk_…"></script>',
    },
  ];
}

/** Whether an account has a step to go: none of its lists of the last nine days was clicked. */
export const isNew = (overview: Overview): boolean => !stepsOf(overview).every((step) => step.done);

/** What a new account has done, and the line for each step that is next. */
export function NewAccount({ overview }: { overview: Overview }) {
  const steps = stepsOf(overview);
  const done = steps.filter((step) => step.done).length;
  return (
    <section class="panel" aria-labelledby="steps-title">
      <div class="head">
        <h2 id="steps-title">From nothing to a click that counts</h2>
        <p class="soft small" role="status">{done} of {steps.length} steps are done. Steps are ticked as they happen.</p>
      </div>
      <ol class="steps">
        {steps.map((step, at) => (
          <li key={step.name} class={step.done ? 'good' : ''}>
            <span class="tick" aria-hidden="true">{step.done ? '✓' : at + 1}</span>
            <div class="stack">
              <p><b>{step.name}</b><span class="unseen">{step.done ? ', done' : ', to do'}</span> <span class="soft small">{step.why}</span></p>
              <Command lines={step.lines} name={step.name} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

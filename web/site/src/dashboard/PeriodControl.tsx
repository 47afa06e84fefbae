import { useContext, useRef } from 'preact/hooks';
import { ZONE } from '../charts/scale';
import { closeMenu, Menu } from '../design/Menu';
import { LocationContext } from './location';
import { dayOf, PERIODS, spanText, type Period, type PeriodName } from './period';

/** Chooses the period of a page, and says which it is and what it is compared with. */
export function PeriodControl({ period, known, compared }: { period: Period; known: readonly PeriodName[]; compared: boolean }) {
  const { change } = useContext(LocationContext);
  const [from, to] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const apply = (event: Event) => {
    event.preventDefault();
    const days = [from.current?.value ?? '', to.current?.value ?? ''].sort();
    change({ period: undefined, from: days[0], to: days[1] });
    closeMenu(event);
  };
  return (
    <div class="period" role="group" aria-label="Period">
      <div class="segments">
        {known.filter((name) => name !== 'dates').map((name) => (
          <button key={name} aria-pressed={period.name === name} onClick={() => change({ period: name === '7d' ? undefined : name, from: undefined, to: undefined })}>{PERIODS[name]}</button>
        ))}
        {known.includes('dates') && (
          <Menu label="Other days" text="Days…" look="" pressed={period.name === 'dates'}>
            <form class="stack days" onSubmit={apply}>
              <label>From <input ref={from} type="date" required max={dayOf(Date.now())} defaultValue={dayOf(period.days.from)} key={period.days.from} /></label>
              <label>To <input ref={to} type="date" required max={dayOf(Date.now())} defaultValue={dayOf(period.days.to - 1)} key={period.days.to} /></label>
              <button class="primary" type="submit">Show</button>
            </form>
          </Menu>
        )}
      </div>
      <span class="soft small">{spanText(period.span)} ({period.name === '24h' || ZONE === 'UTC' ? ZONE : `UTC, hours in ${ZONE}`}){compared ? ` against ${spanText(period.before)}` : ''}</span>
    </div>
  );
}

// The design of the pages, written down: the tokens, and each component once in all its states. Only development builds it: npm run dev, /design/.

import { render, type ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Bars } from '../charts/Bars';
import { Histogram } from '../charts/Histogram';
import { Marks } from '../charts/Marks';
import { Ratios } from '../charts/Ratios';
import { DAY, HOUR } from '../charts/scale';
import { Stacked } from '../charts/Stacked';
import { TimeChart } from '../charts/TimeChart';
import { Big } from '../dashboard/Big';
import { Figure } from '../dashboard/Figure';
import { byFamily, FAMILIES, familyOf, sourceName } from '../families';
import { applyTheme } from '../theme';
import { ThemeSwitch } from '../ThemeSwitch';
import { Command } from './Command';
import { Drawer } from './Drawer';
import { Menu } from './Menu';
import { Failed, Loading } from './states';

const COLOURS: readonly [string, string][] = [
  ['paper', 'the page'], ['card', 'a panel'], ['ink', 'text'], ['soft', 'text beside it'], ['line', 'parts panels'], ['edge', 'edges of controls, and lighter what a mark is a part of'],
  ['accent', 'the one accent: what can be used, and marks that mean nothing of their own'], ['accent-pale', 'under the pointer'], ['good', 'better, well'], ['bad', 'worse, failing'],
  ['warn', 'to be looked at'], ['noise', 'within noise'],
];
const SIZES = ['notes and ticks', 'tables, captions, controls', 'text, titles of panels', 'sentences, parts of a page', 'figures, the title of a page', 'the name of a demo'];
const SPACES = [4, 8, 12, 16, 24, 32, 48];
const HOURS = Array.from({ length: 48 }, (_, at) => Date.UTC(2026, 0, 1) + at * HOUR);
const EVENTS = HOURS.map((_, at) => 40 + 30 * Math.sin(at / 4));
const DAYS = HOURS.slice(0, 14).map((_, at) => HOURS[0]! + at * DAY);
const CLICKED = DAYS.map((_, at) => (at === 8 ? undefined : 12 + Math.sin(at)));
const SHARES = byFamily([...FAMILIES].map(({ sources: [source] }, at) => ({ source, share: (5 - at) / 15 })));

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return <><h2 class="part">{title}</h2>{children}</>;
}

function Tokens() {
  return (
    <>
      <Part title="Colours">
        <ul class="tokens">
          {[...COLOURS, ...FAMILIES.map(({ name, sources: [first] }): [string, string] => [familyOf(first), name])].map(([name, use]) => (
            <li key={name}><span class="colour" style={{ background: `var(--${name})` }} /><code>{name}</code> <span class="soft">{use}</span></li>
          ))}
        </ul>
      </Part>
      <Part title="Letters, distances, the mark">
        <div class="columns">
          <div class="stack">{SIZES.map((use, at) => <p key={use} class="number" style={{ fontSize: `var(--type-${at + 1})` }}>Inter 0123456789: {use}</p>)}</div>
          <div class="stack">
            {SPACES.map((space, at) => <p key={space} class="small soft"><span class="distance" style={{ width: `var(--space-${at + 1})` }} />{space} px</p>)}
            <p class="brand">Freshet</p>
            <img class="mark" src="/icon.svg" alt="The mark: an F of waves" />
          </div>
        </div>
      </Part>
    </>
  );
}

function Charts() {
  const table = { head: ['Hour', 'Events'], rows: HOURS.slice(0, 4).map((at, number) => [new Date(at).toISOString().slice(11, 16), EVENTS[number] as number]) };
  const say = (value: number) => `${value.toFixed(0)} events`;
  const points = (value: number) => `${value.toFixed(1)} points`;
  return (
    <Part title="Charts">
      <div class="columns">
        <Figure title="Line" caption="With a menu, and the same hours a day before; the time that is pointed at is that of all charts." table={table} file="line">
          <TimeChart label="Events an hour" times={HOURS} bin={HOUR} text={say} series={[{ name: 'these days', values: EVENTS }, { name: 'the days before', values: EVENTS.map((value) => 0.8 * value), tone: 'rest' }]} />
        </Figure>
        <Figure title="Line with intervals" caption="A day is not known; what happened is marked.">
          <TimeChart label="Lists clicked" times={DAYS} bin={DAY} text={points} series={[{ name: 'Lists clicked', values: CLICKED, low: CLICKED.map((one) => one && one - 1), high: CLICKED.map((one) => one && one + 1) }]} markers={[{ at: DAYS[5]! + 14 * HOUR, text: 'a deployment' }]} />
        </Figure>
        <Figure title="Around no difference" caption="The dashed line is no difference.">
          <TimeChart label="Difference" times={HOURS} bin={0} around text={points} series={[{ name: 'B', values: HOURS.map(() => 1.2), low: HOURS.map((_, at) => 1.2 - 6 / (at + 1)), high: HOURS.map((_, at) => 1.2 + 6 / (at + 1)) }]} />
        </Figure>
        <Figure title="Parts over time" caption="Columns of hours, labelled where an hour begins.">
          <TimeChart label="Lists" times={HOURS} bin={HOUR} stacked text={say} series={[{ name: 'clicked', values: EVENTS.map((value) => value / 8) }, { name: 'not clicked', values: EVENTS, tone: 'rest' }]} />
        </Figure>
        <Figure title="Histogram" caption="Bounds at the edges; what is beyond one is hatched, and to be looked at.">
          <Histogram label="Events by delay" from="0" first={1} mark={{ after: 2, text: 'promised' }} bins={[3, 9, 5, 2].map((value, at) => ({ text: `${value} events`, value, edge: at > 2 ? '' : `${2 ** at * 50} ms` }))} />
        </Figure>
        <Figure title="Intervals" caption="Shares on one scale; a row can be opened, and have rows of its own.">
          <Marks
            marks={[
              { label: 'home', value: 0.12, low: 0.11, high: 0.13, text: '12.0 % of 9,000', onOpen: () => undefined, opened: true }, { label: 'home · control', value: 0.115, low: 0.1, high: 0.13, text: '11.5 % of 4,500', inner: true },
              { label: 'article', value: undefined, text: 'no lists' },
            ]}
          />
        </Figure>
        <Figure title="Intervals of differences" caption="Better, worse, and grey within noise.">
          <Marks
            zero={0} zeroLabel="The line is no difference."
            marks={[
              { label: 'B', value: 1.2, low: 0.5, high: 2, text: '+1.2 points', tone: 'good' }, { label: 'C', value: -1, low: -1.8, high: -0.2, text: '−1.0 points', tone: 'bad' },
              { label: 'D', value: 0.2, low: -0.6, high: 1, text: '+0.2 points', tone: 'noise' }, { label: 'E', value: undefined, text: 'not known yet' },
            ]}
          />
        </Figure>
        <Figure title="Ratios" caption="Grey where 1 × is within the interval.">
          <Ratios left="less" right="more" bars={[{ label: 'climate', times: 2.9, low: 1.7, high: 5, text: '2.9 ×' }, { label: 'health', times: 1.2, low: 0.8, high: 1.8, text: '1.2 ×' }, { label: 'notices', times: 0.3, low: 0.2, high: 0.5, text: '0.3 ×' }, { label: 'new', times: undefined, text: '–' }]} />
        </Figure>
        <Figure title="Shares of families" caption="In the order of the families."><Stacked rows={[{ label: 'Long history', shares: SHARES, text: 'People like you 33 %' }]} /></Figure>
        <Figure title="Table with bars" caption="It sorts by its head, which stays. Bars of families have their colours." table={{ head: ['Source', 'Items'], rows: FAMILIES.map(({ sources: [source] }, at) => [sourceName(source), 5 - at]), tones: FAMILIES.map(({ sources: [source] }) => familyOf(source)) }} brief={{ columns: [0, 1], bar: 1 }} />
        <Figure title="Long table" caption="The menu has all columns, with a filter from ten rows on." table={{ head: ['Title', 'Id', { name: 'Share', text: (value) => `${value} %` }], rows: HOURS.slice(0, 12).map((_, at) => [at === 1 ? 'A title that is long enough to need a second line where the panel is as narrow as on a phone, or a third' : `Title ${at}`, `i-${at}`, 40 - 3 * at]) }} brief={{ columns: [0, 2], bar: 2, most: 6 }} file="long" />
        <Figure title="List with bars" caption="Where nothing is to be sorted."><Bars bars={[{ label: 'view', value: 80, text: '80,000' }, { label: 'like', value: 0, text: '0' }]} /></Figure>
        <Figure title="Empty" caption="What it would show." empty="Nothing yet: what fills it, with the command." />
      </div>
    </Part>
  );
}

function Controls() {
  const drawer = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(0);
  return (
    <Part title="Controls">
      <div class="row">
        <button class="primary">Primary</button><button>Button</button><button class="quiet">Quiet</button><button class="plain">Plain</button><button class="danger">Danger</button><button disabled>Disabled</button>
        <label class="row small"><span class="soft">Days</span><select><option>last 7</option></select></label>
        <label class="row small"><span class="soft">Find</span><input type="search" placeholder="topic or item" /></label>
      </div>
      <div class="chips">{['Everything', 'Economy', 'Sports'].map((name, at) => <button key={name} class="chip" aria-pressed={at === on} onClick={() => setOn(at)}>{name}</button>)}</div>
      <div class="row">
        <Menu label="A menu"><button data-closes>Show the numbers</button><button>Download as CSV</button><span class="small" role="status">What it says while it works.</span></Menu>
        <button class="quiet" aria-haspopup="dialog" onClick={() => drawer.current?.showModal()}>Open a drawer</button>
        <Command name="A command" lines="./freshet demo" />
        <Drawer dialog={drawer} title="A drawer"><p>What is looked at beside the page.</p></Drawer>
      </div>
    </Part>
  );
}

function Design() {
  return (
    <div class="dashboard">
      <header class="row apart"><p class="brand">Freshet</p><ThemeSwitch /></header>
      <main>
        <h1>Design</h1>
        <Tokens />
        <Part title="Sentences and figures">
          <p class="summary">A sentence says how things are.</p>
          <p class="summary good">✓ All is well.</p>
          <p class="summary bad">! The first thing that is wrong.</p>
          <dl class="figures">
            <Big name="Better" value="12.1 %" change={{ text: '+1.2 points', tone: 'good' }} course={[3, 5, 4, 6, 7]} note="1,210 of 10,000 lists" />
            <Big name="Worse" value="9.8 %" change={{ text: '−1.1 points', tone: 'bad' }} course={[7, 6, 4, 5, 3]} note="980 of 10,000 lists" />
            <Big name="Within noise" value="12.0 %" change={{ text: '+0.1 points', tone: 'noise' }} course={[5, 4, 5, 4, 5]} note="60 of 500 lists" />
            <Big name="Open" value="38 ms" note="99 % within 200 ms; its chart is shown" pressed onOpen={() => undefined} />
            <Big name="Not known" value="–" note="What it needs." />
          </dl>
        </Part>
        <Charts />
        <Controls />
        <Part title="States">
          <Loading what="the overview" />
          <Failed what="The overview could not be loaded." retry={{ label: 'Try again', run: () => undefined }}>A store did not respond in time. Trace <code>4bf92f35</code>.</Failed>
        </Part>
      </main>
    </div>
  );
}

applyTheme();
render(<Design />, document.getElementById('app') as HTMLElement);

import { useEffect, useRef, useState } from 'preact/hooks';
import { FamilyLegend, Shares } from '../charts/Stacked';
import { stampText, ZONE } from '../charts/scale';
import { Failed } from '../design/states';
import { byFamily, familyOf, sourceName } from '../families';
import { count, liftText, percent, plural } from '../format';
import { Figure } from './Figure';
import { someUsers, toldOf, type Told } from './users';

type State =
  | { kind: 'asking' }
  /** Only commands may look users up. */
  | { kind: 'elsewhere' }
  | { kind: 'ready'; users: string[] }
  | { kind: 'failed'; why: string };

type Found = { kind: 'none' } | { kind: 'loading'; id: string } | { kind: 'told'; told: Told } | { kind: 'failed'; why: string };

/** What the stack knows of one user. The id is in no address, since addresses are kept by browsers and servers. */
export function UserPage() {
  const [state, setState] = useState<State>({ kind: 'asking' });
  const [found, setFound] = useState<Found>({ kind: 'none' });
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    someUsers().then(
      (users) => setState(users === undefined ? { kind: 'elsewhere' } : { kind: 'ready', users }),
      (failure: Error) => setState({ kind: 'failed', why: failure.message }),
    );
  }, []);

  const look = async (id: string) => {
    setFound({ kind: 'loading', id });
    setFound(
      await toldOf(id).then(
        (told): Found => (told === undefined ? { kind: 'failed', why: 'The local cloud has no such route any more.' } : { kind: 'told', told }),
        (failure: Error): Found => ({ kind: 'failed', why: failure.message }),
      ),
    );
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const id = input.current?.value.trim() ?? '';
    if (id !== '') {
      void look(id);
    }
  };

  if (state.kind === 'asking') {
    return <p class="unseen" role="status">Looking for the demo…</p>;
  }
  if (state.kind === 'failed') {
    return <Failed what="The users could not be loaded.">{state.why}</Failed>;
  }
  if (state.kind === 'elsewhere') {
    return <Commands />;
  }
  return (
    <>
      <form class="panel lookup" onSubmit={submit}>
        <p class="soft small">
          This page reads users of the demo, who are made up. On any other stack it shows commands instead: an insights key reads sums and no person.
        </p>
        <div class="row">
          <label for="user-id">User id</label>
          <input id="user-id" data-search aria-keyshortcuts="/" ref={input} required maxLength={128} autocomplete="off" spellcheck={false} />
          <button class="primary" type="submit">Look up</button>
        </div>
        {state.users.length > 0 && (
          <div class="row small">
            <span class="soft">Some users:</span>
            {state.users.map((id) => (
              <button
                key={id} type="button" class="quiet"
                onClick={() => {
                  if (input.current !== null) {
                    input.current.value = id;
                  }
                  void look(id);
                }}
              >
                {id}
              </button>
            ))}
          </div>
        )}
      </form>
      <div role="status">
        {found.kind === 'loading' && <p class="soft">Looking {found.id} up…</p>}
        {found.kind === 'failed' && <Failed what="The user could not be looked up.">{found.why}</Failed>}
        {found.kind === 'told' && <p class="summary">{sentence(found.told)}</p>}
      </div>
      {found.kind === 'told' && <Person told={found.told} />}
    </>
  );
}

/** Where the page may not ask: the commands that do, with the owner's own rights. */
function Commands() {
  const commands: [string, string][] = [
    ['./freshet explain --user ID', 'the list that the user gets now, and what every stage did'],
    ['./freshet explain --user ID --item ITEM', 'why an item is in the list, or why not'],
    ['./freshet users similar ID', 'who is like the user, as a description of a group'],
    ['./freshet users export ID', 'everything that is stored about the user'],
    ['./freshet users erase ID', 'erases the user from every store, with a receipt'],
  ];
  return (
    <section class="panel" aria-labelledby="commands-title">
      <h2 id="commands-title">Users are looked up by commands</h2>
      <p>
        The key of this page reads sums and no person, and a key that reads persons must not be in a browser. On a machine with rights to the stack, run
        with <code class="nowrap">--stack NAME</code>:
      </p>
      <dl class="commands">
        {commands.map(([command, does]) => <div key={command}><dt><code>{command}</code></dt><dd>{does}</dd></div>)}
      </dl>
      <p class="soft small"><code>./freshet demo</code> shows this page with users who are made up.</p>
    </section>
  );
}

function sentence({ userId, list, interactions, profile }: Told): string {
  const first = [...byFamily(list.items.flatMap((item) => item.reasons))].sort((a, b) => b.share - a.share)[0];
  const personal = list.personalised && list.reflects > 0;
  const base = personal ? `The list of ${userId} reflects ${plural(list.reflects, 'event')}` : `The list of ${userId} is not personal`;
  const refused = profile?.consent?.personalisation === false ? ', since consent to personalisation was refused' : interactions.length === 0 ? ', since nothing is known yet' : '';
  return `${base}${personal ? '' : refused}${first === undefined ? '' : `; most of it comes from “${first.name}”`}.`;
}

const text = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(', ') : String(value));

function Person({ told: { profile, interactions, list } }: { told: Told }) {
  const attributes = Object.entries(profile?.attributes ?? {});
  const { consent } = profile ?? {};
  return (
    <div class="columns">
      <Figure
        title="The list now" caption={`From version ${count(list.model.version)} of the model. Bars are the shares of the sources.`}
        table={{
          head: ['Place', 'Item', 'Id', 'Sources', 'Moved by'],
          rows: list.items.map((item, at) => [
            at + 1, item.title ?? item.itemId, item.itemId, item.reasons.map((reason) => `${sourceName(reason.source)} ${percent(reason.share, 0)}`).join(', '),
            item.movedBy.map((one) => `${one.title ?? one.itemId ?? ''} (${one.type})`).join(', '),
          ]),
        }}
        empty={list.items.length === 0 && 'The list is empty: no item is available.'}
      >
        <ol class="told places">
          {list.items.map((item, at) => {
            const [moved] = item.movedBy;
            return (
              <li key={item.itemId}>
                <span class="number soft">{at + 1}</span>
                <span>
                  <span class="bar-label">{item.title ?? item.itemId}</span>
                  <Shares of={byFamily(item.reasons)} thin />
                  {moved !== undefined && <span class="soft small">raised by {moved.type} of {moved.title === undefined ? (moved.itemId ?? 'another item') : `“${moved.title}”`} ({liftText(moved.lift)})</span>}
                </span>
              </li>
            );
          })}
        </ol>
        <FamilyLegend />
      </Figure>
      <div class="stacked-panels">
        <section class="panel" aria-labelledby="profile-title">
          <h2 id="profile-title">Profile</h2>
          <dl class="attention wide">
            <div><dt>Consent</dt><dd>{consent === undefined ? 'none stored; the site’s default counts' : `personalisation ${consent.personalisation ? 'yes' : 'no'}, analytics ${consent.analytics ? 'yes' : 'no'}`}</dd></div>
            <div><dt>Segment</dt><dd>{list.segment === undefined ? 'none: too little is known' : `${list.segment.name} (${list.segment.id})`}</dd></div>
            {attributes.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{text(value)}</dd></div>)}
            {(profile?.aliases ?? []).length > 0 && <div><dt>Aliases</dt><dd>{profile?.aliases?.join(', ')}</dd></div>}
          </dl>
        </section>
        <Figure
          title="Latest interactions" caption={interactions.length === 0 ? 'What the user did.' : `The last ${plural(interactions.length, 'interaction')}, newest first.`}
          table={{ head: ['Item', 'Event', `At (${ZONE})`, 'Strength'], rows: interactions.map((one) => [one.title ?? one.itemId, one.type, stampText(Date.parse(one.occurredAt)), one.strength]) }} brief={{ columns: [0, 1, 2], most: 10 }} file="interactions"
          empty={interactions.length === 0 && 'Nothing is stored of this user.'}
        />
        <Figure
          title="What sources found" caption="Items that each source proposed, and of these the ones that filters kept." brief={{ columns: [0, 1, 2], bar: 1 }} file="sources"
          table={{ head: ['Source', 'Kept', 'Found'], rows: list.sources.map((one) => [sourceName(one.source), one.kept, one.found]), tones: list.sources.map((one) => familyOf(one.source)) }} empty={list.sources.length === 0 && 'No source found anything.'}
        >
          {list.filters.some((one) => one.removed > 0) && <p class="soft small">Filters removed: {list.filters.filter((one) => one.removed > 0).map((one) => `${one.filter} ${count(one.removed)}`).join(', ')}.</p>}
        </Figure>
      </div>
    </div>
  );
}

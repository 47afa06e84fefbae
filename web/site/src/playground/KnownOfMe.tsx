import { useEffect, useRef, useState } from 'preact/hooks';
import { ago, plural } from '../format';
import { forget, known, type Known, type Receipt } from './known';

type State =
  | { kind: 'loading' }
  | { kind: 'known'; known: Known }
  | { kind: 'receipt'; receipt: Receipt }
  | { kind: 'elsewhere' }
  | { kind: 'failed'; why: string };

interface Props {
  readerId: string;
  /** How many of the reader's events the list reflects: with each more is known. */
  events: number;
  titleOf: (itemId: string) => string;
  onForgotten: () => void;
}

const failed = (failure: Error): State => ({ kind: 'failed', why: failure.message });

/** What the stack holds about the reader, after each event anew, and its erasure with the receipt. */
export function KnownOfMe({ readerId, events, titleOf, onForgotten }: Props) {
  const [state, setState] = useState<State>({ kind: 'loading' });
  const erased = useRef('');
  useEffect(() => {
    let left = false;
    // The receipt of a reader who was erased stays until the next one does something.
    if (erased.current === '' || events > 0) {
      erased.current = '';
      void known(readerId).then((answer): State => (answer === undefined ? { kind: 'elsewhere' } : { kind: 'known', known: answer }), failed).then((next) => left || setState(next));
    }
    return () => {
      left = true;
    };
  }, [readerId, events]);
  const erase = async () => {
    const receipt = await forget(readerId).catch(failed);
    if (receipt !== undefined && !('kind' in receipt)) {
      erased.current = readerId;
      onForgotten();
    }
    setState(receipt === undefined ? { kind: 'elsewhere' } : 'kind' in receipt ? receipt : { kind: 'receipt', receipt });
  };

  return (
    <section class="panel known" aria-labelledby="known-title">
      <h2 id="known-title">What the site knows of me</h2>
      <p class="soft small">Your id in this browser is <code>{readerId}</code>.</p>
      <div class="row"><button class="quiet danger" onClick={() => void erase()}>Forget me</button></div>
      <div role="status" class="small">
        {state.kind === 'loading' && <p class="soft">Asking…</p>}
        {state.kind === 'failed' && <p class="fault">{state.why}</p>}
        {state.kind === 'elsewhere' && (
          <p>
            A page may not ask for this: only a server of the site can, with a secret key, by <code>GET</code> or <code>DELETE /v1/users/{'{id}'}</code>.{' '}
            <code>./freshet demo</code> does it for you.
          </p>
        )}
        {state.kind === 'known' && <KnownText known={state.known} titleOf={titleOf} />}
        {state.kind === 'receipt' && <ReceiptText receipt={state.receipt} />}
      </div>
    </section>
  );
}

function KnownText({ known: of, titleOf }: { known: Known; titleOf: (itemId: string) => string }) {
  const { consent, interactions, similar } = of;
  const tags = (similar?.tags ?? []).map((one) => one.tag);
  return (
    <div class="stack">
      <p>
        {similar === undefined || similar.people === 0
          ? 'No group of people who are like you is known yet.'
          : `At least ${plural(similar.people, 'person', 'people')} ${similar.people === 1 ? 'is' : 'are'} like you${tags.length === 0 ? '' : `; most of them read ${tags.join(', ')}`}.`}
      </p>
      <p>
        Consent:{' '}
        {consent === undefined
          ? 'none stored, so the site’s default counts'
          : `personalisation ${consent.personalisation ? 'yes' : 'no'}, analytics ${consent.analytics ? 'yes' : 'no'}`}
        . {interactions.length === 0 ? 'No interactions are stored.' : `The last ${plural(interactions.length, 'interaction')}, newest first:`}
      </p>
      <ol class="history">
        {interactions.map((one) => <li key={one.eventId}><b>{one.type}</b> {one.itemId === undefined ? '' : titleOf(one.itemId)} <span class="soft">{ago(one.occurredAt)}</span></li>)}
      </ol>
    </div>
  );
}

function ReceiptText({ receipt }: { receipt: Receipt }) {
  return (
    <div class="stack">
      <p>Erased at {new Date(receipt.erasedAt).toLocaleTimeString()}; you read on as a new visitor. The receipt:</p>
      <ul class="history">
        {receipt.removed.map((one) => <li key={one.store}><b>{one.store}</b> {one.count} × {one.what}{one.complete ? '' : ' (the rest follows)'}</li>)}
        {receipt.remaining.map((one) => <li key={one.place}><b>{one.place}</b> until {new Date(one.until).toLocaleString()}: {one.what}</li>)}
      </ul>
    </div>
  );
}

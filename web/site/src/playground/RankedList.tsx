import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Bars } from '../charts/Bars';
import { Shares } from '../charts/Stacked';
import { Drawer } from '../design/Drawer';
import { Empty, Loading } from '../design/states';
import { byFamily, familyOf, sourceName } from '../families';
import { ago, liftText, signed } from '../format';
import type { Before } from './changes';
import type { ListedItem, MovedBy } from './reader';
import { money, type CatalogueItem, type Words } from './world';

const NOUNS: Record<string, string> = { view: 'view', click: 'click', scroll: 'scrolling', dwell: 'reading', submit: 'form' };
const VERBS: Record<string, string> = {
  view: 'opened', click: 'opened', scroll: 'scrolled through', dwell: 'read', play: 'played', share: 'shared', like: 'liked',
  bookmark: 'saved', comment: 'commented on', follow: 'followed', purchase: 'bought', rating: 'rated', submit: 'filled in',
};

interface ListProps {
  id: string;
  title: string;
  note: ComponentChildren;
  items: readonly ListedItem[] | undefined;
  /** Places before the last change; undefined where the list is the first one. */
  before: Before | undefined;
  titleOf: (itemId: string) => string;
  itemOf: (itemId: string) => CatalogueItem | undefined;
  words: Words;
  onOpen: (itemId: string) => void;
  explained: boolean;
  children?: ComponentChildren;
}

/** Lets the rows of a list go from where they were to where they are, and new ones appear, where motion is not reduced. */
function useMoves(items: readonly ListedItem[] | undefined): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null);
  const tops = useRef<ReadonlyMap<string, number>>(new Map());
  useLayoutEffect(() => {
    const moves = tops.current.size > 0 && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    tops.current = new Map(([...(list.current?.children ?? [])] as HTMLElement[]).map((row, at) => {
      const { itemId } = items![at]!;
      const [from, to] = [tops.current.get(itemId), row.offsetTop - list.current!.offsetTop];
      if (moves && from !== to) {
        row.animate(from === undefined ? { opacity: [0, 1] } : { transform: [`translateY(${from - to}px)`, 'none'] }, { duration: 500, easing: 'ease-in-out' });
      }
      return [itemId, to];
    }));
  }, [items]);
  return list;
}

/** One of the lists that stand side by side. */
export function RankedList({ id, title, note, items, before, titleOf, itemOf, words, onOpen, explained, children }: ListProps) {
  const rows = useMoves(items);
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, ask] = useState<ListedItem | undefined>(undefined);
  return (
    <section class="panel list" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="row soft small">{note}</div>
      {items === undefined ? (
        <Loading what={title.toLowerCase()} />
      ) : items.length === 0 ? (
        <Empty>Nothing to recommend yet: ./freshet demo publishes something.</Empty>
      ) : (
        <ol ref={rows}>
          {items.map((item, place) => (
            <li key={item.itemId}>
              <Place now={place} before={before === undefined ? place : before.get(item.itemId)} />
              <div>
                <ShortProduct item={itemOf(item.itemId)} />
                <button class="title" onClick={() => onOpen(item.itemId)}>{item.title ?? titleOf(item.itemId)}</button>
                {item.reasons.length > 0 && (
                  <>
                    <p class="soft small">{item.reasons.slice(0, explained ? 2 : 1).map((reason) => reason.text).join(' · ')}</p>
                    <Shares of={byFamily(item.reasons)} thin />
                  </>
                )}
                {explained && item.reasons.length > 0 && <button class="plain why" aria-haspopup="dialog" onClick={() => ask(item)}><Most item={item} titleOf={titleOf} words={words} /></button>}
              </div>
            </li>
          ))}
        </ol>
      )}
      {children}
      {asked !== undefined && <Drawer dialog={dialog} title={asked.title ?? titleOf(asked.itemId)} opened onClose={() => ask(undefined)}><Explanation item={asked} titleOf={titleOf} words={words} /></Drawer>}
    </section>
  );
}

/** Picture and price of a product; nothing for other items. */
function ShortProduct({ item }: { item: CatalogueItem | undefined }) {
  return item?.picture === undefined || item.price === undefined ? null : (
    <span class="product">
      <img class="picture" src={item.picture} alt="" width={40} height={40} />
      <span class="number">{money(item.price)}</span>
    </span>
  );
}

function Place({ now, before }: { now: number; before: number | undefined }) {
  const moved = before === undefined ? undefined : before - now;
  return (
    <span class="place">
      {now + 1}
      {moved === undefined ? (
        <span class="moved fresh">new</span>
      ) : moved !== 0 ? (
        <span class="moved">
          <span aria-hidden="true">{moved > 0 ? '▲ ' : '▼ '}</span>
          <span class="unseen">{moved > 0 ? 'up ' : 'down '}</span>
          {Math.abs(moved)}
        </span>
      ) : null}
    </span>
  );
}

type Explained = Pick<ListProps, 'titleOf' | 'words'> & { item: ListedItem };

const nameOf = (event: MovedBy, titleOf: Explained['titleOf']) => (event.itemId === undefined ? (event.target?.id ?? '') : titleOf(event.itemId));

/** The reader's event without which the item would lose the most. */
function Most({ item: { movedBy: [first] = [] }, titleOf, words }: Explained) {
  return first === undefined ? <>Why it is here</> : <>Your <b>{words.nouns[first.type] ?? NOUNS[first.type] ?? first.type}</b> of {nameOf(first, titleOf)} raised it most, by <b>{liftText(first.lift)}</b></>;
}

/** What each source adds to the item's score, and what the score would lose without each of the reader's own events. */
function Explanation({ item, titleOf, words }: Explained) {
  const events = item.movedBy ?? [];
  return (
    <>
      <ul>{item.reasons.map((reason) => <li key={reason.source}>{reason.text}</li>)}</ul>
      <h3 class="small">Each source, in log odds</h3>
      <Bars bars={item.reasons.map((reason) => ({ label: sourceName(reason.source), value: reason.contribution, tone: familyOf(reason.source), text: signed(reason.contribution.toFixed(2)) }))} />
      {events.length > 0 && (
        <>
          <h3 class="small">What the score would lose without each of your events, in log odds</h3>
          <Bars bars={events.map((event, at) => ({ key: String(at), label: `${words.verbs[event.type] ?? VERBS[event.type] ?? event.type} ${nameOf(event, titleOf)}, ${ago(event.at)}`, value: event.lift, text: liftText(event.lift) }))} />
        </>
      )}
    </>
  );
}

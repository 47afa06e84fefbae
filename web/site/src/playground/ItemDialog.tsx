import { useEffect, useRef } from 'preact/hooks';
import { Drawer } from '../design/Drawer';
import { ago } from '../format';
import { money, type Action, type CatalogueItem } from './world';

interface Props {
  item: CatalogueItem | undefined;
  actions: readonly Action[];
  onAction: (action: Action) => void;
  /** Called when the item was closed, with the seconds for which it was open. */
  onClose: (seconds: number) => void;
}

/** The item that is being looked at. Closing it gives the focus back to where it was opened. */
export function ItemDialog({ item, actions, onAction, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const openedAt = useRef(0);

  useEffect(() => {
    if (item !== undefined && dialog.current?.open === false) {
      openedAt.current = performance.now();
      dialog.current.showModal();
    }
  }, [item]);

  const done = (action: Action) => {
    onAction(action);
    return action.closes === true && dialog.current?.close();
  };
  return (
    <Drawer dialog={dialog} title={item?.title ?? ''} onClose={() => onClose(Math.round((performance.now() - openedAt.current) / 1000))}>
      {item !== undefined && (
        <article class="stack">
          {item.picture !== undefined && <img class="picture" src={item.picture} alt="" width={160} height={160} />}
          <p class="soft small">
            <span class="kicker">{item.section}</span> ·{' '}
            {item.price === undefined ? <>{item.author} · {ago(item.publishedAt)}</> : <>{item.author} · <b class="number">{money(item.price)}</b> · {inStock(item)}</>}
          </p>
          <p>{item.text}</p>
          <div class="row">
            {actions.map((action) => (
              <button key={action.type} disabled={action.priced === true && item.stock === 0} onClick={() => done(action)}>{action.label}</button>
            ))}
          </div>
        </article>
      )}
    </Drawer>
  );
}

/** Says whether a product can be bought. */
export const inStock = (item: CatalogueItem): string => (item.stock === 0 ? 'out of stock' : `${item.stock} in stock`);

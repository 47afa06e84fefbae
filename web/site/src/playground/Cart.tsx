import { plural } from '../format';
import { money, type CatalogueItem } from './world';

interface Props {
  items: readonly CatalogueItem[];
  onBuy: () => void;
  onEmpty: () => void;
}

/** What was put into the cart, with its sum. The cart lives in the page; the events of it are Freshet's. */
export function Cart({ items, onBuy, onEmpty }: Props) {
  const sum = items.reduce((total, item) => total + (item.price ?? 0), 0);
  return (
    <section class="panel" aria-labelledby="cart-title">
      <h2 id="cart-title">Your cart</h2>
      {items.length === 0 ? (
        <p class="soft small">Nothing is in it.</p>
      ) : (
        <>
          <p class="small">
            {plural(items.length, 'product')}, <b class="number">{money(sum)}</b>: {items.map((item) => item.title).join(', ')}
          </p>
          <div class="row">
            <button class="primary" onClick={onBuy}>Buy</button>
            <button class="quiet" onClick={onEmpty}>Empty it</button>
          </div>
        </>
      )}
    </section>
  );
}

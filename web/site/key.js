// The key that this page shows to the API. It comes in the address's fragment, which no server sees, or is asked for;
// it stays in this tab alone.

const KEPT = 'freshet.key';
const FORM = /^(fpk_[a-z0-9]{12}_[a-z2-7]{52}|[\w-]+\.[\w-]+\.[\w-]+)$/;

take();

/** Takes the key out of the address, so that it is in no history and no copied link. */
function take() {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    history.replaceState(null, '', location.pathname + location.search);
    if (!fault(given)) {
      sessionStorage.setItem(KEPT, given);
    }
  }
}

/** Why a text cannot be this page's key; empty if it can. */
export function fault(text) {
  if (text.startsWith('fsk_')) {
    return 'That is a secret key: it belongs on a server. A page takes a publishable key (fpk_…) or a user token.';
  }
  return FORM.test(text) ? '' : 'That is no key: a publishable key begins with fpk_, a user token has two dots.';
}

export const key = () => sessionStorage.getItem(KEPT);

export const forget = () => sessionStorage.removeItem(KEPT);

let asking;

/** Asks whoever reads this page for a key; resolves once there is one. */
export function ask(why) {
  asking ||= new Promise((resolve) => {
    const dialog = document.getElementById('ask');
    const input = document.getElementById('ask-key');
    const problem = document.getElementById('ask-why');
    problem.textContent = why;
    dialog.onclose = () => asking && dialog.showModal();
    document.getElementById('ask-form').onsubmit = (event) => {
      event.preventDefault();
      const text = input.value.trim();
      problem.textContent = fault(text);
      if (!problem.textContent) {
        sessionStorage.setItem(KEPT, text);
        input.value = '';
        asking = undefined;
        dialog.close();
        resolve(text);
      }
    };
    dialog.showModal();
  });
  return asking;
}

// The key with which this page calls the API. It comes from the fragment of the address, which is not sent to any server,
// or from a dialog, and is stored for this tab only.

const STORAGE_KEY = 'freshet.key';
const FORM = /^(fpk_[a-z0-9]{12}_[a-z2-7]{52}|[\w-]+\.[\w-]+\.[\w-]+)$/;

take();

/** Moves the key from the address to the session storage, so that it is in no history and no copied link. */
function take() {
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get('key');
  if (fromAddress) {
    history.replaceState(null, '', location.pathname + location.search);
    if (!fault(fromAddress)) {
      sessionStorage.setItem(STORAGE_KEY, fromAddress);
    }
  }
}

/** Returns why a text is not a valid key for this page, or an empty text if it is. */
export function fault(text) {
  if (text.startsWith('fsk_')) {
    return 'This is a secret key, which must stay on a server. Enter a publishable key (fpk_…) or a user token.';
  }
  return FORM.test(text) ? '' : 'This is not a key. A publishable key begins with fpk_; a user token contains two dots.';
}

export const key = () => sessionStorage.getItem(STORAGE_KEY);

export const forget = () => sessionStorage.removeItem(STORAGE_KEY);

let asking;

/** Shows a dialog that asks for a key; resolves to the key once a valid one was entered. */
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
        sessionStorage.setItem(STORAGE_KEY, text);
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

// The key with which a page calls the API. It comes from the fragment of the address, which is not sent to any server, or
// from a dialog, and is stored for this tab only.

/** What a page accepts as its key. */
export interface KeyRules {
  /** Name in the session storage, by which the pages of one origin keep their keys apart. */
  readonly storage: string;
  /** Returns why a text is not a key for this page, or an empty text if it is. */
  readonly fault: (text: string) => string;
}

const PUBLISHABLE = /^fpk_[a-z0-9]{12}_[a-z2-7]{52}$/;
const INSIGHTS = /^f[ie]k_[a-z0-9]{12}_[a-z2-7]{52}$/;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export const playgroundKey: KeyRules = {
  storage: 'freshet.key',
  fault: (text) => {
    if (text.startsWith('fsk_')) {
      return 'This is a secret key, which must stay on a server. Enter a publishable key (fpk_…) or a user token.';
    }
    return PUBLISHABLE.test(text) || TOKEN.test(text)
      ? ''
      : 'This is not a key for this page. A publishable key begins with fpk_; a user token contains two dots.';
  },
};

export const dashboardKey: KeyRules = {
  storage: 'freshet.insights-key',
  fault: (text) => {
    if (text.startsWith('fsk_')) {
      return 'This is a secret key, which can erase users and must stay on a server. Run ./freshet dashboard, which makes an insights key (fik_…).';
    }
    if (text.startsWith('fpk_')) {
      return 'This is a publishable key, which may not read insights. Run ./freshet dashboard, which makes an insights key (fik_…).';
    }
    return INSIGHTS.test(text) ? '' : 'This is not a key for this page. An insights key begins with fik_, one that also changes experiments with fek_; ./freshet dashboard makes them.';
  },
};

/** The key of one page, and the request for one where there is none or it has expired. */
export class Keys {
  private waiting: { promise: Promise<string>; resolve: (key: string) => void } | undefined;
  /** Why a key is asked for: undefined while none is. */
  asked: string | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly rules: KeyRules,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  ) {}

  /** Whether the present key may change experiments; the API decides it anew for each request. */
  changesExperiments(): boolean {
    return this.storage.getItem(this.rules.storage)?.startsWith('fek_') ?? false;
  }

  /** Returns the key, or asks for one and resolves once a valid one was entered. */
  async get(): Promise<string> {
    return this.storage.getItem(this.rules.storage) ?? (await this.ask(''));
  }

  /** Forgets a key that the API refused, and asks for another one. */
  async replace(refused: string): Promise<string> {
    const present = this.storage.getItem(this.rules.storage);
    if (present !== null && present !== refused) {
      return present;
    }
    this.storage.removeItem(this.rules.storage);
    return this.ask('This key is unknown or has expired. Enter another one.');
  }

  /** Takes a key from the fragment `#key=…`. Returns whether there was one, so that the page can clear its address. */
  takeFrom(fragment: string): boolean {
    const given = new URLSearchParams(fragment.replace(/^#/, '')).get('key');
    if (given === null) {
      return false;
    }
    const fault = this.enter(given);
    if (fault !== '') {
      void this.ask(fault);
    }
    return true;
  }

  /** Enters a key, or an address with one. Returns why it is not one, or an empty text. */
  enter(entered: string): string {
    const text = /#key=([^&\s]+)/.exec(entered)?.[1] ?? entered;
    const fault = this.rules.fault(text);
    if (fault === '') {
      this.storage.setItem(this.rules.storage, text);
      const { waiting } = this;
      this.waiting = undefined;
      this.asked = undefined;
      this.tell();
      waiting?.resolve(text);
    }
    return fault;
  }

  /** Calls a listener whenever a key is asked for or was entered. Returns what ends that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private ask(why: string): Promise<string> {
    if (this.waiting === undefined) {
      let resolve: (key: string) => void = () => {};
      const promise = new Promise<string>((done) => {
        resolve = done;
      });
      this.waiting = { promise, resolve };
      this.asked = why;
      this.tell();
    }
    return this.waiting.promise;
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

/**
 * Moves a key from the address to the session storage, also one that is pasted into a page that is open, so that it is in no copied link and in no list of
 * this tab. The history of the browser keeps the address that was opened (docs/dashboard.md).
 */
export function takeFromAddress(keys: Keys): void {
  const take = () => keys.takeFrom(location.hash) && history.replaceState(null, '', location.pathname + location.search);
  take();
  addEventListener('hashchange', take);
}

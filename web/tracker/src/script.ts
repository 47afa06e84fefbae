import { pageDocument } from './environment.js';
import { init, type Auto } from './init.js';
import type { Options, Tracker } from './types.js';

type Call = [string, ...unknown[]];

/**
 * The script for pages without a build. `<script async src="freshet.js" data-endpoint="…" data-key="…">` starts by itself; calls
 * made before it has loaded are kept by `(window.freshet = window.freshet || []).push(['track', 'like', {item: '42'}])`.
 */
const early: unknown = (window as any).freshet;
const calls: Call[] = Array.isArray(early) ? early : [];

const freshet: Partial<Tracker> & { init(options: Options & { auto?: Auto | false }): void; push(call: Call): void } = {
  init(options) {
    Object.assign(freshet, init(options));
    calls.splice(0).forEach(freshet.push);
  },
  push(call) {
    const [name, ...values] = call;
    const method = (freshet as any)[name];
    method ? method(...values) : calls.push(call);
  },
};
(window as any).freshet = freshet;

const { endpoint, key, consent, anonymousId } = (pageDocument.currentScript as HTMLElement | null)?.dataset ?? {};
calls.splice(0).forEach(freshet.push);
if (endpoint && key) {
  const both = { personalisation: true, analytics: true };
  freshet.init({ endpoint, key, anonymousId, consent: consent == 'granted' ? both : 'ask' });
}

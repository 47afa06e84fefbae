// What the stack knows of a reader. A publishable key may not ask for it: the demo answers with its own secret key, on a
// route beside the API that a deployed stack does not have.

import { dashboardKey } from '../key';

export interface Known {
  consent?: { personalisation: boolean; analytics: boolean };
  /** The group of people who are like the reader; no person, or none, where too few are. */
  similar?: { people: number; tags: { tag: string }[] };
  interactions: { eventId: string; type: string; itemId?: string; occurredAt: string }[];
}

export interface Receipt {
  erasedAt: string;
  removed: { store: string; what: string; count: number; complete: boolean }[];
  remaining: { place: string; until: string; what: string }[];
}

const path = (id: string) => `/_freshet/readers/${encodeURIComponent(id)}`;

async function ask<T>(id: string, method: string): Promise<T | undefined> {
  const response = await fetch(path(id), { method });
  if (response.status === 404) {
    return undefined;
  }
  const body = (await response.json().catch(() => ({}))) as T & { detail?: string };
  if (!response.ok) {
    throw new Error(body.detail ?? `The demo answered ${response.status}.`);
  }
  return body;
}

/** Returns what is known, or undefined where only a server of the site may ask. */
export const known = (id: string): Promise<Known | undefined> => ask(id, 'GET');

/** Keeps a key of the dashboard for this tab, where the demo hands one over; elsewhere the dashboard asks for it. */
export async function takeDashboardKey(): Promise<void> {
  const response = await fetch('/_freshet/dashboard-key', { method: 'POST' }).catch(() => undefined);
  // A deployed site answers such a path with a page or not at all.
  const { key = '' } = ((await response?.json().catch(() => undefined)) ?? {}) as { key?: string };
  if (dashboardKey.fault(key) === '') {
    sessionStorage.setItem(dashboardKey.storage, key);
  }
}

/** Erases the reader. Returns the receipt, or undefined where only a server of the site may do so. */
export const forget = (id: string): Promise<Receipt | undefined> => ask(id, 'DELETE');

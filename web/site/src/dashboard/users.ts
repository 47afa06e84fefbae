// What a stack knows of one user. No insights key may ask for it, and no page may hold a key that may: the demo of the local
// cloud answers with its own secret key, on a route beside the API that a deployed stack does not have.

export interface Told {
  userId: string;
  profile?: { attributes?: Record<string, unknown>; consent?: { personalisation: boolean; analytics: boolean }; aliases?: string[] };
  interactions: { eventId: string; type: string; itemId?: string; title?: string; occurredAt: string; strength?: number }[];
  list: {
    personalised: boolean;
    model: { version: number };
    reflects: number;
    segment?: { id: string; name: string };
    items: { itemId: string; title?: string; reasons: { source: string; share: number }[]; movedBy: { type: string; itemId?: string; title?: string; lift: number }[] }[];
    sources: { source: string; found: number; kept: number }[];
    filters: { filter: string; removed: number }[];
  };
}

async function ask<T>(path: string): Promise<T | undefined> {
  const response = await fetch(`/_freshet/users${path}`, { cache: 'no-store' }).catch(() => undefined);
  if (response === undefined) {
    throw new Error('The local cloud cannot be reached.');
  }
  // A deployed site answers such a path with a page or not at all.
  const json = response.headers.get('Content-Type')?.startsWith('application/json') === true;
  if (!json || response.status === 404) {
    return undefined;
  }
  const body = (await response.json()) as T & { detail?: string };
  if (!response.ok) {
    throw new Error(body.detail ?? `The local cloud answered ${response.status}.`);
  }
  return body;
}

/** Ids of some users, or undefined where only commands may look users up. */
export const someUsers = async (): Promise<string[] | undefined> => (await ask<{ users: string[] }>(''))?.users;

/** What is known of a user; undefined where only commands may ask. */
export const toldOf = (id: string): Promise<Told | undefined> => ask(`/${encodeURIComponent(id)}`);

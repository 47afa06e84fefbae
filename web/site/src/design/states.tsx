// What stands in a panel's place where there is nothing to show: yet, at all, or because of a fault.

import type { ComponentChildren } from 'preact';

/** What is said where there is nothing to show yet, with what fills it. */
export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;

export const Loading = ({ what }: { what: string }) => <p class="panel loading" role="status">Loading {what}…</p>;

interface FailedProps {
  /** What failed, as a sentence. */
  what: string;
  /** What the button does, where there is something to do. */
  retry?: { label: string; run: () => void };
  /** Why it failed. */
  children: ComponentChildren;
}

export function Failed({ what, retry, children }: FailedProps) {
  return (
    <div class="panel problem" role="alert">
      <p><b>{what}</b> {children}</p>
      {retry !== undefined && <button class="quiet" onClick={retry.run}>{retry.label}</button>}
    </div>
  );
}

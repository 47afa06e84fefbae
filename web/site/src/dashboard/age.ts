import { useEffect, useState } from 'preact/hooks';

/** How old the figures of the page are. */
interface Age {
  /** The newest event that an answer knows, in milliseconds. */
  event: number | undefined;
  /** When the last answer came. */
  asked: number | undefined;
  /** When requests began to fail, where the last one did. */
  failing: number | undefined;
}

let age: Age = { event: undefined, asked: undefined, failing: undefined };
const listeners = new Set<(age: Age) => void>();

function tell(next: Age): void {
  age = next;
  listeners.forEach((listener) => listener(age));
}

/** Takes note of an answer, which says in one of two ways up to which event it knows (1970 where it knows none), or of one that was the same as before. */
export function heard(answer: unknown): void {
  const { asOf, model } = (answer ?? {}) as { asOf?: { newestEvent?: string } | string; model?: { newestEvent?: string } };
  const event = Date.parse((typeof asOf === 'object' ? asOf.newestEvent : undefined) ?? model?.newestEvent ?? '');
  tell({ event: !(event > 0) ? age.event : Math.max(event, age.event ?? 0), asked: Date.now(), failing: undefined });
}

/** Takes note of a request that failed. */
export const unheard = (): void => tell({ ...age, failing: age.failing ?? Date.now() });

/** How old the figures of the page are, told anew when that changes. */
export function useAge(): Age {
  const [now, set] = useState(age);
  useEffect(() => {
    set(age);
    listeners.add(set);
    return () => {
      listeners.delete(set);
    };
  }, []);
  return now;
}

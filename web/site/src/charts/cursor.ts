import { useState } from 'preact/hooks';

export interface Cursor {
  /** The value that the cursor is at. */
  at: number;
  /** Whether somebody put it there. */
  moved: boolean;
  move: (to: number | undefined) => void;
  /** What makes an element a slider that keys move and a screen reader says. */
  slider: Record<string, unknown>;
}

/**
 * A cursor over the values of a chart. Left and right move it from value to value, Home and End go to the ends. Until it is
 * moved, it is at `first`.
 */
export function useCursor(length: number, first: number, label: string, say: (at: number) => string): Cursor {
  const [set, setSet] = useState<number | undefined>(undefined);
  const last = Math.max(0, length - 1);
  const at = Math.min(set ?? first, last);
  const keys = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setSet(Math.max(0, Math.min(last, next)));
    }
  };
  return {
    at,
    moved: set !== undefined,
    move: setSet,
    slider: {
      role: 'slider',
      tabIndex: 0,
      'aria-label': label,
      'aria-orientation': 'horizontal',
      'aria-valuemin': 0,
      'aria-valuemax': last,
      'aria-valuenow': at,
      'aria-valuetext': length === 0 ? 'no value' : say(at),
      onKeyDown: keys,
      onBlur: () => setSet(undefined),
    },
  };
}

import { useEffect, useState } from 'preact/hooks';

// The time that is pointed at, on all charts of the page together.
let pointedAt: number | undefined;
const charts = new Set<(at: number | undefined) => void>();

function point(at: number | undefined): void {
  pointedAt = at;
  charts.forEach((chart) => chart(at));
}

/** The time that is pointed at on any chart of the page, and what points at another one. */
export function usePointed(): [number | undefined, (at: number | undefined) => void] {
  const [at, set] = useState(pointedAt);
  useEffect(() => {
    charts.add(set);
    return () => {
      charts.delete(set);
      if (charts.size === 0) {
        pointedAt = undefined;
      }
    };
  }, []);
  return [at, point];
}

/** What makes an element a slider over the values of a chart: left and right move it from value to value, Home and End go to the ends, and a screen reader says each. */
export function sliderOf(length: number, at: number, label: string, said: string, move: (to: number | undefined) => void): Record<string, unknown> {
  const last = Math.max(0, length - 1);
  return {
    role: 'slider',
    tabIndex: 0,
    'aria-label': label,
    'aria-orientation': 'horizontal',
    'aria-valuemin': 0,
    'aria-valuemax': last,
    'aria-valuenow': at,
    'aria-valuetext': length === 0 ? 'no value' : said,
    onKeyDown: (event: KeyboardEvent) => {
      const next = ({ ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last } as Record<string, number>)[event.key];
      if (next !== undefined) {
        event.preventDefault();
        move(Math.max(0, Math.min(last, next)));
      }
    },
    onBlur: () => move(undefined),
  };
}

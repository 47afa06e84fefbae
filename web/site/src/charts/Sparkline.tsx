import { useMemo } from 'preact/hooks';
import { rangeOf } from './TimeChart';

/** The course of a figure, of two values at least, without axes: the figure itself stands beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const points = useMemo(() => {
    const { from, to } = rangeOf(values, false);
    return values.map((value, at) => `${((100 * at) / (values.length - 1)).toFixed(1)},${(27 - (26 * (value - from)) / (to - from)).toFixed(1)}`);
  }, [values]);
  return (
    <svg class="sparkline" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}

import { rangeOf } from './TimeChart';

/** The course of a figure, without axes: the figure itself stands beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) {
    return null;
  }
  const { from, to } = rangeOf(values, false);
  const points = values.map((value, at) => `${((100 * at) / (values.length - 1)).toFixed(1)},${(27 - (26 * (value - from)) / (to - from)).toFixed(1)}`);
  return (
    <svg class="sparkline" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}

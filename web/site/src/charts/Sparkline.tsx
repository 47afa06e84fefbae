/** The course of a figure, without axes: the figure itself stands beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) {
    return null;
  }
  const most = Math.max(...values, 1e-9);
  const points = values.map((value, at) => `${((100 * at) / (values.length - 1)).toFixed(1)},${(27 - (25 * value) / most).toFixed(1)}`);
  return (
    <svg class="sparkline" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}

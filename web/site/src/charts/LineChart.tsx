import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Point {
  /** Milliseconds since 1970. */
  at: number;
  value: number;
}

interface Props {
  points: readonly Point[];
  label: string;
  /** The value of a point in words, which the keyboard cursor says. */
  say: (point: Point) => string;
  /** Changes when colours have to be read anew. */
  theme: string;
}

const HEIGHT = 180;

/**
 * A line over time. Left and right move a cursor from point to point, Home and End go to the ends; as a slider it says the
 * value of each point to a screen reader.
 */
export function LineChart({ points, label, say, theme }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const [cursor, setCursor] = useState<number | undefined>(undefined);
  const last = points.length - 1;
  const at = Math.min(cursor ?? last, last);

  useEffect(() => {
    const place = box.current as HTMLDivElement;
    const colours = getComputedStyle(place);
    const colour = (name: string) => colours.getPropertyValue(name).trim();
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: '12px system-ui, sans-serif' };
    const made = new uPlot(
      {
        width: place.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
        axes: [axis, { ...axis, size: 54 }],
        series: [{}, { label, stroke: colour('--family-1'), width: 2, fill: `${colour('--family-1')}22`, points: { show: false } }],
      },
      [[], []],
      place,
    );
    chart.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: place.clientWidth, height: HEIGHT }));
    resized.observe(place);
    return () => {
      resized.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, [label, theme]);

  useEffect(() => {
    chart.current?.setData([points.map((point) => point.at / 1000), points.map((point) => point.value)]);
  }, [points, theme, label]);

  useEffect(() => {
    const made = chart.current;
    const point = points[at];
    if (made !== undefined && cursor !== undefined && point !== undefined) {
      made.setCursor({ left: made.valToPos(point.at / 1000, 'x'), top: made.valToPos(point.value, 'y') }, false);
    }
  }, [cursor, at, points]);

  const keys = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setCursor(Math.max(0, Math.min(last, next)));
    }
  };
  const point = points[at];
  return (
    <div class="line">
      <div
        ref={box}
        class="line-box"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={Math.max(0, at)}
        aria-valuetext={point === undefined ? 'no value' : say(point)}
        onKeyDown={keys}
        onBlur={() => setCursor(undefined)}
      />
      <p class="soft small number" aria-hidden="true">{point === undefined ? '' : say(point)}</p>
    </div>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colourOf } from '../theme';
import { useCursor } from './cursor';
import './charts.css';

export interface Point {
  /** Milliseconds since 1970. */
  at: number;
  value: number;
  /** The interval of the value, drawn as a band. */
  low?: number;
  high?: number;
}

interface Props {
  points: readonly Point[];
  label: string;
  /** The value of a point in words, which the keyboard cursor says. */
  say: (point: Point) => string;
  /** Changes when colours have to be read anew. */
  theme: string;
  /** Whether points have intervals, around a line at zero. */
  band?: boolean;
  /** A value as text on the axis. */
  axisText?: (value: number) => string;
}

const HEIGHT = 180;

/** From 0 to a tenth above the greatest value; with a band, from a tenth below the least, zero being within. */
const rangeOf = (band: boolean) => (_: uPlot, least: number, most: number): [number, number] => {
  const low = band ? Math.min(0, least) : 0;
  const high = Math.max(band ? 0 : 1, most);
  const margin = 0.1 * (high - low || 1);
  return [band ? low - margin : 0, high + margin];
};

/** A moment on the axis: the day where steps are days or a day begins, otherwise the time. */
function timeText(moment: number, step: number): string {
  const date = new Date(1000 * moment);
  const day = step >= 86_400 || (step >= 3600 && date.getHours() === 0);
  return day ? date.toLocaleDateString('en', { day: 'numeric', month: 'short' }) : date.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(step < 60 ? { second: '2-digit' } : {}) });
}

/**
 * A line over time. Left and right move a cursor from point to point, Home and End go to the ends; as a slider it says the
 * value of each point to a screen reader.
 */
export function LineChart({ points, label, say, theme, band = false, axisText }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const words = (at: number) => {
    const point = points[at];
    return point === undefined ? '' : say(point);
  };
  const { at, moved, slider } = useCursor(points.length, points.length - 1, label, words);

  useEffect(() => {
    const place = box.current as HTMLDivElement;
    const colour = (name: string) => colourOf(place, name);
    const axis: uPlot.Axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: `12px ${getComputedStyle(place).fontFamily}` };
    const times = { ...axis, size: 32, space: 80, values: (_: uPlot, moments: number[], __: number, ___: number, step: number) => moments.map((moment) => timeText(moment, step)) };
    const line = colour('--accent');
    const pale = (alpha: number) => line.replace('rgb', 'rgba').replace(')', `, ${alpha})`);
    const zeroLine = (made: uPlot) => {
      const y = Math.round(made.valToPos(0, 'y', true));
      made.ctx.save();
      made.ctx.strokeStyle = colour('--edge');
      made.ctx.lineWidth = 2;
      made.ctx.setLineDash([6, 5]);
      made.ctx.beginPath();
      made.ctx.moveTo(made.bbox.left, y);
      made.ctx.lineTo(made.bbox.left + made.bbox.width, y);
      made.ctx.stroke();
      made.ctx.restore();
    };
    const edge: uPlot.Series = { stroke: pale(0.4), width: 1, points: { show: false } };
    const made = new uPlot(
      {
        width: place.clientWidth,
        height: HEIGHT,
        padding: [null, 28, null, null],
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { x: { time: true }, y: { range: rangeOf(band) } },
        axes: [times, { ...axis, size: 54, ...(axisText === undefined ? {} : { values: (_: uPlot, values: number[]) => values.map(axisText) }) }],
        series: [{}, { label, stroke: line, width: 2, ...(band ? {} : { fill: pale(0.08) }), points: { show: false } }, ...(band ? [edge, edge] : [])],
        ...(band ? { bands: [{ series: [3, 2] as [number, number], fill: pale(0.13) }], hooks: { draw: [zeroLine] } } : {}),
      },
      [[], [], ...(band ? [[], []] : [])] as uPlot.AlignedData,
      place,
    );
    chart.current = made;
    void document.fonts.ready.then(() => made.redraw(false, true));
    const resized = new ResizeObserver(() => made.setSize({ width: place.clientWidth, height: HEIGHT }));
    resized.observe(place);
    return () => {
      resized.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, [label, theme, band]);

  useEffect(() => {
    chart.current?.setData([
      points.map((point) => point.at / 1000),
      points.map((point) => point.value),
      ...(band ? [points.map((point) => point.low ?? null), points.map((point) => point.high ?? null)] : []),
    ] as uPlot.AlignedData);
  }, [points, theme, label, band]);

  useEffect(() => {
    const made = chart.current;
    const point = points[at];
    if (made !== undefined && moved && point !== undefined) {
      made.setCursor({ left: made.valToPos(point.at / 1000, 'x'), top: made.valToPos(point.value, 'y') }, false);
    }
  }, [moved, at, points]);

  return (
    <div class="line">
      <div ref={box} class="line-box" {...slider} />
      <p class="soft small number" aria-hidden="true">{words(at)}</p>
    </div>
  );
}

// One or more series over time, as lines with their intervals as bands, or as parts of columns.

import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import './charts.css';
import { sliderOf, usePointed } from './cursor';
import { binText, clockText, dayText, momentsOf, ticksOf, type Range } from './scale';
import type { Tone } from './tone';

type Value = number | undefined;

export interface Series {
  name: string;
  values: readonly Value[];
  /** The interval of each value, drawn as a band. */
  low?: readonly Value[];
  high?: readonly Value[];
  /** What it means; the period before is drawn in the grey of `rest`, dashed. */
  tone?: Tone;
}

/** Something that happened, which time axes show. */
export interface Marker {
  at: number;
  text: string;
}

interface Props {
  label: string;
  /** The begin of each bin in milliseconds since 1970, oldest first. */
  times: readonly number[];
  /** Milliseconds of a bin; 0 where values are of moments. */
  bin: number;
  series: readonly Series[];
  /** A value in words. */
  text: (value: number) => string;
  /** A value on the axis; as in words where left out. */
  axisText?: (value: number) => string;
  stacked?: boolean;
  /** Whether values are around zero, which has a line of its own. */
  around?: boolean;
  markers?: readonly Marker[];
  height?: number;
}

/** The least room for the values of the axis, and the room for a letter of one. */
const LEAST_LEFT = 48;
const LETTER = 7;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 24;
const TICK_WIDTH = 84;
const NARROW = 6;
/** Markers closer to the first of a group have its letter. */
const LETTER_APART = 12;

/** A scale is begun at zero unless its values are so close to each other that they would be one flat line. */
const FLAT = 0.5;

/** The scale of values: with a tenth of margin, and zero within where that is asked for, where parts are stacked, or where values are not far from it. */
export function rangeOf(values: readonly number[], zero: boolean): Range {
  const least = values.length === 0 ? 0 : Math.min(...values);
  const most = values.length === 0 ? 1 : Math.max(...values);
  const from = zero || least < FLAT * most ? Math.min(0, least) : least;
  const to = zero ? Math.max(0, most) : most;
  const margin = 0.1 * (to - from || Math.abs(to) || 1);
  return { from: from === 0 ? 0 : from - margin, to: to === 0 ? 0.1 * margin : to + margin };
}

/** Places of values that are known beside none, which a line does not show. */
const alone = (values: readonly Value[]) => values.flatMap((value, at) => (value !== undefined && values[at - 1] === undefined && values[at + 1] === undefined ? [at] : []));

/** The path through the points that are known, begun anew after each gap. */
function pathOf(points: readonly ([number, number] | undefined)[]): string {
  return points.map((point, at) => (point === undefined ? '' : `${points[at - 1] === undefined ? 'M' : 'L'}${point[0].toFixed(1)},${point[1].toFixed(1)}`)).join('');
}

/** Bands of the runs of points whose interval is known. */
function bandOf(xs: readonly number[], low: readonly Value[], high: readonly Value[], y: (value: number) => number): string {
  const runs: number[][] = [];
  xs.forEach((_, at) => {
    if (low[at] !== undefined && high[at] !== undefined) {
      (low[at - 1] === undefined || high[at - 1] === undefined || runs.length === 0 ? runs[runs.push([]) - 1] : runs.at(-1))!.push(at);
    }
  });
  const line = (run: number[], of: readonly Value[]) => run.map((at) => `${xs[at]!.toFixed(1)},${y(of[at] as number).toFixed(1)}`);
  return runs.map((run) => `M${[...line(run, high), ...line([...run].reverse(), low)].join('L')}Z`).join('');
}

const NONE: readonly Marker[] = [];

export function TimeChart({ label, times, bin, series, text, axisText = text, stacked = false, around = false, markers = NONE, height = 200 }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [pointed, point] = usePointed();
  useLayoutEffect(() => {
    const place = box.current as HTMLDivElement;
    const measure = () => setWidth(place.clientWidth);
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(place);
    return () => resized.disconnect();
  }, []);

  const sums = times.map((_, at) => series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0));
  const known = (stacked ? sums : series.flatMap(({ values, low = [], high = [] }) => [...values, ...low, ...high])).filter((value): value is number => value !== undefined);
  const range = rangeOf(known, stacked || around);
  const ticks = ticksOf(range).map((value) => ({ value, text: axisText(Math.abs(value) < 1e-9 ? 0 : value) }));
  const left = Math.max(LEAST_LEFT, 16 + LETTER * Math.max(...ticks.map((tick) => tick.text.length)));
  const from = times[0] ?? 0;
  const to = (times.at(-1) ?? 1) + bin || 1;
  const x = (at: number) => left + ((width - left - RIGHT) * (at - from)) / (to - from || 1);
  const xs = times.map((at) => x(at + bin / 2));
  /** The place of a bin that has begun and is not over: what it has so far is no whole bin's. */
  const part = bin > 0 && !stacked && (times.at(-1) ?? 0) + bin > Date.now() ? times.length - 1 : -1;
  const y = (value: number) => TOP + ((height - TOP - BOTTOM) * (range.to - value)) / (range.to - range.from);

  const groups: Marker[][] = [];
  for (const marker of markers.filter(({ at }) => at >= from && at <= to)) {
    const last = groups.at(-1);
    (last !== undefined && x(marker.at) - x(last[0]!.at) < LETTER_APART ? last : groups[groups.push([]) - 1]!).push(marker);
  }
  /** Columns stand apart where they are wide enough for it. */
  const gap = x(from + bin) - x(from) < NARROW ? 0 : 1;
  // What does not move with the pointer is drawn once.
  const still = useMemo(() => (
    <>
      {ticks.map((tick) => (
        <g key={tick.value}>
          <line class={around && Math.abs(tick.value) < 1e-9 ? 'grid none' : 'grid'} x1={left} x2={width - RIGHT} y1={y(tick.value)} y2={y(tick.value)} />
          <text x={left - 8} y={y(tick.value) + 4} text-anchor="end">{tick.text}</text>
        </g>
      ))}
      {momentsOf({ from, to }, Math.max(1, (width - left - RIGHT) / TICK_WIDTH)).map((tick) => (
        <g key={tick.at}>
          <line class="tick" x1={x(tick.at)} x2={x(tick.at)} y1={height - BOTTOM} y2={height - BOTTOM + 4} />
          <text x={Math.max(left + 12, Math.min(width - 20, x(tick.at)))} y={height - 6} text-anchor="middle">{tick.text}</text>
        </g>
      ))}
      {stacked
        ? times.map((begin, column) => {
          let below = 0;
          return series.map((one) => {
            const value = one.values[column] ?? 0;
            below += value;
            return <rect key={`${begin} ${one.name}`} class={`part ${one.tone ?? ''}`} x={x(begin)} width={Math.max(1, x(begin + bin) - x(begin) - gap)} y={y(below)} height={Math.max(0, y(below - value) - y(below))} />;
          });
        })
        : [...series].reverse().map((one) => (
          <g key={one.name} class={one.tone ?? ''}>
            {one.low !== undefined && one.high !== undefined && <path class="band" d={bandOf(xs, one.low, one.high, y)} />}
            {alone(one.low ?? []).map((number) => one.high?.[number] !== undefined && <path key={number} class="whisker" d={`M${xs[number]},${y(one.low![number]!)}V${y(one.high[number]!)}`} />)}
            {[one.tone === 'rest' ? 'course before' : 'course', ...(one.tone !== 'rest' && part > 0 ? ['course so-far'] : [])].map((look, dashed) => (
              <path key={look} class={look} d={pathOf(xs.map((place, number) => (one.values[number] === undefined || (one.tone !== 'rest' && part > 0 && (dashed === 0 ? number === part : number < part - 1)) ? undefined : [place, y(one.values[number])])))} />
            ))}
            {alone(one.values).map((number) => number !== part && <circle key={number} cx={xs[number]} cy={y(one.values[number]!)} r="4" />)}
            {one.tone !== 'rest' && one.values[part] !== undefined && <circle class="so-far" cx={xs[part]} cy={y(one.values[part])} r="4" />}
          </g>
        ))}
      {groups.map((group, number) => (
        <g key={number} class="marker">
          {group.map(({ at }) => <line key={at} x1={x(at)} x2={x(at)} y1={TOP} y2={height - BOTTOM} />)}
          <text x={x(group[0]!.at)} y={TOP - 2} text-anchor="middle">{letterOf(number)}</text>
        </g>
      ))}
    </>
  ), [times, bin, series, axisText, stacked, around, markers, width, height, part]);

  const near = pointed === undefined || pointed < from || pointed > to ? undefined : times.reduce((best, at, number) => (Math.abs(at + bin / 2 - pointed) < Math.abs(times[best]! + bin / 2 - pointed) ? number : best), 0);
  const at = near ?? Math.max(0, times.length - 1);
  const move = (next: number | undefined) => point(next === undefined ? undefined : times[next]! + bin / 2);
  const told = series.map((one) => {
    const [value, low, high] = [one.values[at], one.low?.[at], one.high?.[at]];
    return { ...one, said: value === undefined ? '–' : `${text(value)}${low === undefined || high === undefined ? '' : ` (${text(low)} to ${text(high)})`}` };
  });
  const time = times[at] === undefined ? '' : `${binText(times[at], bin)}${at === part ? ', so far' : ''}`;
  const hover = (event: PointerEvent) => {
    const share = (event.clientX - box.current!.getBoundingClientRect().left - left) / (width - left - RIGHT);
    point(share < 0 || share > 1 ? undefined : from + share * (to - from));
  };
  return (
    <div class="time-chart">
      <div
        ref={box} class="time-box" style={{ height: `${height}px` }} onPointerMove={hover} onPointerLeave={() => point(undefined)}
        {...sliderOf(times.length, at, label, `${time}: ${told.map((one) => `${series.length > 1 ? `${one.name} ` : ''}${one.said}`).join(', ')}`, move)}
      >
        {width > 0 && (
          <svg viewBox={`0 0 ${width} ${height}`} width="100%" height={height} aria-hidden="true">
            {near !== undefined && <rect class="pointed" x={bin === 0 ? xs[at]! - 0.5 : x(times[at]!)} width={bin === 0 ? 1 : Math.max(1, x(times[at]! + bin) - x(times[at]!))} y={TOP} height={height - TOP - BOTTOM} />}
            {still}
            {near !== undefined && !stacked && series.map((one) => one.values[near] !== undefined && <circle key={one.name} class={one.tone ?? ''} cx={xs[near]} cy={y(one.values[near])} r="4" />)}
          </svg>
        )}
      </div>
      <p class="readout small number" aria-hidden="true">
        <span class="soft">{time}</span>
        {told.map((one) => <span key={one.name}>{series.length > 1 && <><span class={`swatch ${one.tone ?? ''}`} />{one.name} </>}<b>{one.said}</b></span>)}
      </p>
      {groups.length > 0 && (
        <ol class="markers small soft">
          {groups.map((group, number) => <li key={number}><b>{letterOf(number)}</b> {group.map((marker) => `${dayText(marker.at)}, ${clockText(marker.at)}: ${marker.text}`).join('; ')}</li>)}
        </ol>
      )}
    </div>
  );
}

/** A, B, C… of groups of markers in the order of their times. */
const letterOf = (number: number) => String.fromCharCode(65 + (number % 26));

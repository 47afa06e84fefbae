import { Sparkline } from '../charts/Sparkline';

interface Props {
  name: string;
  value: string;
  note: string;
  /** How the value differs from what it is compared with, grey where that is within noise. */
  change?: { text: string; tone: 'good' | 'bad' | 'noise' } | undefined;
  /** The course of the figure, the newest value last. */
  course?: readonly number[];
  /** A share from 0 to 1 that is drawn as a part of a line. */
  share?: number | undefined;
}

/** One figure that is read first. */
export function Big({ name, value, note, change, course, share }: Props) {
  return (
    <div class="panel big">
      <dt>{name}</dt>
      <dd class="value number">{value}</dd>
      {change !== undefined && <dd class={`change number ${change.tone}`}>{change.text}</dd>}
      {course !== undefined && course.length > 1 && <dd class="course"><Sparkline values={course} /></dd>}
      {share !== undefined && <dd class="course"><span class="meter" aria-hidden="true"><span style={{ width: `${100 * share}%` }} /></span></dd>}
      <dd class="soft small">{note}</dd>
    </div>
  );
}

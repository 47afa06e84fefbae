import { Sparkline } from '../charts/Sparkline';

interface Props {
  name: string;
  value: string;
  note: string;
  /** How the value differs from what it is compared with, grey where that is within noise. */
  change?: { text: string; tone: 'good' | 'bad' | 'noise' } | undefined;
  /** The course of the figure, the newest value last. */
  course?: readonly number[] | undefined;
  /** Shows where the figure is from. */
  onOpen?: () => void;
  /** Whether that is shown. */
  pressed?: boolean;
}

/** One figure that is read first. */
export function Big({ name, value, note, change, course, onOpen, pressed }: Props) {
  return (
    <div class={`panel big${pressed === true ? ' pressed' : ''}`}>
      <dt>{onOpen === undefined ? name : <button class="cover" aria-pressed={pressed} onClick={onOpen}>{name}</button>}</dt>
      <dd class="value number">{value}{change !== undefined && <> <span class={`change ${change.tone}`}>{change.text}</span></>}</dd>
      {course !== undefined && course.length > 1 && <dd class="course"><Sparkline values={course} /></dd>}
      <dd class="soft small">{note}</dd>
    </div>
  );
}

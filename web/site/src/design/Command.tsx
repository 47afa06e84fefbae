import { useState } from 'preact/hooks';

interface CopyProps {
  /** What is copied, when it is. */
  text: () => string;
  label: string;
  name?: string;
  look?: string;
  /** What is said once it is. */
  done?: string;
}

/** A button that copies a text, and says that it did. */
export function Copy({ text, label, name, look, done = 'Copied.' }: CopyProps) {
  const [told, setTold] = useState('');
  const copy = () => void navigator.clipboard.writeText(text()).then(() => setTold(done), () => setTold('The browser does not allow it.'));
  return (
    <>
      <button class={look} aria-label={name} onClick={copy}>{label}</button>
      <span class="small" role="status">{told}</span>
    </>
  );
}

/** Lines to paste into a terminal or a file. */
export function Command({ lines, name }: { lines: string; name: string }) {
  return (
    <div class="command">
      <pre tabIndex={0} role="region" aria-label={name}><code>{lines}</code></pre>
      <Copy text={() => lines} label="Copy" name={`Copy: ${name}`} look="plain" />
    </div>
  );
}

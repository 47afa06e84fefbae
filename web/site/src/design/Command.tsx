import { useState } from 'preact/hooks';

/** Lines to paste into a terminal or a file, with a button that copies them. */
export function Command({ lines, name }: { lines: string; name: string }) {
  const [told, setTold] = useState('Copy');
  return (
    <div class="command">
      <pre tabIndex={0} role="region" aria-label={name}><code>{lines}</code></pre>
      <button class="plain" aria-label={`Copy: ${name}`} onClick={() => void navigator.clipboard.writeText(lines).then(() => setTold('Copied'), () => setTold('Not allowed'))}><span role="status">{told}</span></button>
    </div>
  );
}

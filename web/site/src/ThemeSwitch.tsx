import { useState } from 'preact/hooks';
import { setTheme, theme, THEMES, type Theme } from './theme';

const NAMES: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** The choice between the theme of the system, light and dark. */
export function ThemeSwitch() {
  const [chosen, setChosen] = useState(theme());
  return (
    <label class="row small">
      <span class="soft long">Theme</span>
      <select
        value={chosen}
        onChange={(event) => {
          const next = event.currentTarget.value as Theme;
          setTheme(next);
          setChosen(next);
        }}
      >
        {THEMES.map((name) => (
          <option key={name} value={name}>{NAMES[name]}</option>
        ))}
      </select>
    </label>
  );
}

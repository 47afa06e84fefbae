import { describe, expect, test } from 'vitest';
import { dashboardKey, Keys, playgroundKey, type KeyRules } from '../../src/key';

const PUBLISHABLE = `fpk_abcdefghijkl_${'a'.repeat(52)}`;
const INSIGHTS = `fik_abcdefghijkl_${'b'.repeat(52)}`;
const EXPERIMENTS = INSIGHTS.replace('fik', 'fek');
const OTHER_INSIGHTS = `fik_abcdefghijkl_${'c'.repeat(52)}`;
const SECRET = `fsk_abcdefghijkl_${'a'.repeat(52)}`;

function storage(): Storage & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  } as unknown as Storage & { kept: Map<string, string> };
}

describe('keys', () => {
  test.each<[string, KeyRules]>([['the playground', playgroundKey], ['the dashboard', dashboardKey]])('%s refuses a secret key with a sentence', (_, rules) => {
    expect(rules.fault(SECRET)).toMatch(/^This is a secret key, which .*must stay on a server\..*\.$/);
  });

  test('each page takes its own kind and no other', () => {
    expect(playgroundKey.fault(PUBLISHABLE)).toBe('');
    expect(playgroundKey.fault('e30.e30.c2ln')).toBe('');
    expect(playgroundKey.fault(INSIGHTS)).not.toBe('');
    expect(dashboardKey.fault(INSIGHTS)).toBe('');
    expect(dashboardKey.fault(EXPERIMENTS)).toBe('');
    expect(dashboardKey.fault(PUBLISHABLE)).not.toBe('');
    expect(dashboardKey.fault('e30.e30.c2ln')).not.toBe('');
  });

  test('a key of the address is kept for the tab, a wrong one is not and is said', () => {
    const store = storage();
    const keys = new Keys(dashboardKey, store);
    expect(keys.takeFrom('#page=now')).toBe(false);
    expect(keys.takeFrom(`#key=${SECRET}`)).toBe(true);
    expect(store.kept.size).toBe(0);
    expect(keys.asked).toContain('secret key');
    expect(keys.takeFrom(`#key=${INSIGHTS}`)).toBe(true);
    expect(store.kept.get('freshet.insights-key')).toBe(INSIGHTS);
  });

  test('only a key for experiments may change them, and what replaces it decides anew', () => {
    const keys = new Keys(dashboardKey, storage());
    expect(keys.changesExperiments()).toBe(false);
    keys.enter(EXPERIMENTS);
    expect(keys.changesExperiments()).toBe(true);
    keys.enter(INSIGHTS);
    expect(keys.changesExperiments()).toBe(false);
  });

  test('several requests wait for one entry', async () => {
    const keys = new Keys(dashboardKey, storage());
    const both = Promise.all([keys.get(), keys.get()]);
    await Promise.resolve();
    expect(keys.asked).toBe('');
    expect(keys.enter('nonsense')).not.toBe('');
    expect(keys.enter(INSIGHTS)).toBe('');
    expect(await both).toEqual([INSIGHTS, INSIGHTS]);
    expect(keys.asked).toBeUndefined();
  });

  test('a refused key is forgotten once, not the one that was entered meanwhile', async () => {
    const store = storage();
    const keys = new Keys(dashboardKey, store);
    keys.enter(INSIGHTS);
    const next = keys.replace(INSIGHTS);
    expect(store.kept.size).toBe(0);
    keys.enter(OTHER_INSIGHTS);
    expect(await next).toBe(OTHER_INSIGHTS);
    expect(await keys.replace(INSIGHTS)).toBe(OTHER_INSIGHTS);
  });
});

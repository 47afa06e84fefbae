/** Entries with a text in one of their texts, whatever the case; all of them where the text is blank. */
export function withText<T>(entries: readonly T[], text: string, textsOf: (entry: T) => readonly (string | null | undefined)[]): T[] {
  const wanted = text.trim().toLocaleLowerCase('en');
  return entries.filter((entry) => wanted === '' || textsOf(entry).some((one) => one?.toLocaleLowerCase('en').includes(wanted)));
}

// The sources of recommendations in five families, each with a colour of its own that stays apart from the other four also
// for people with a colour vision deficiency.

export const FAMILIES = [
  { name: 'People like you', sources: ['co-occurrence', 'next-item', 'session', 'factors', 'cohort'] },
  { name: 'Similar content', sources: ['content', 'similar'] },
  { name: 'Popular', sources: ['popularity', 'trending', 'country', 'device'] },
  { name: 'New', sources: ['new', 'catalogue'] },
  { name: 'What you follow', sources: ['followed', 'repeat'] },
] as const;

const NAMES: Readonly<Record<string, string>> = {
  'co-occurrence': 'Chosen by the same people',
  'next-item': 'Often next',
  session: 'What you are doing now',
  factors: 'Shared preferences',
  cohort: 'People with your attributes',
  content: 'Similar texts',
  similar: 'Similar to this one',
  popularity: 'Popular',
  trending: 'Trending',
  country: 'In your country',
  device: 'On your device',
  new: 'New',
  catalogue: 'From the catalogue',
  followed: 'What you follow',
  repeat: 'Once more',
};

/** Returns the name of a source for people. */
export const sourceName = (source: string): string => NAMES[source] ?? source;

/** The name of a family's colour. */
export type Family = `family-${number}`;

export interface FamilyShare {
  family: Family;
  name: string;
  share: number;
}

/** Returns the colour of a source's family; a source that is new to this page counts to the first. */
export function familyOf(source: string): Family {
  const at = FAMILIES.findIndex((family) => (family.sources as readonly string[]).includes(source));
  return `family-${Math.max(0, at) + 1}`;
}

/** Adds up shares of sources by family, in the order of the families; families without a share are left out. */
export function byFamily(reasons: readonly { source: string; share: number }[]): FamilyShare[] {
  return FAMILIES.map(({ name, sources: [first] }) => ({
    family: familyOf(first),
    name,
    share: reasons.filter((reason) => familyOf(reason.source) === familyOf(first)).reduce((sum, reason) => sum + reason.share, 0),
  })).filter((entry) => entry.share > 0);
}

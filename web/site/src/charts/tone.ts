/** What the colour of a mark means; where left out, it is the accent and means nothing of its own. */
export type Tone = 'good' | 'bad' | 'warn' | 'noise' | 'rest' | `family-${number}`;

/** What the conclusion about an arm says of its difference, which is noise until there is one. */
export const toneOf = (conclusion: string): 'good' | 'bad' | 'noise' => (conclusion === 'better' ? 'good' : conclusion === 'worse' ? 'bad' : 'noise');

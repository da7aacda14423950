/** What a change does to the agent's authority. `unclear` can't be told from the text: treat it as a widening. */
export const CHANGE_KINDS = ["widening", "unclear", "narrowing", "neutral"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One difference. `path` is a JSON pointer into the later document, or into the earlier one for what is gone. */
export type Change = {
  readonly path: string;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly why: string;
};

/** How many changes there are of each kind. */
export function countChanges(changes: readonly Change[]): Readonly<Record<ChangeKind, number>> {
  const counts = { widening: 0, unclear: 0, narrowing: 0, neutral: 0 };
  for (const change of changes) counts[change.kind]++;
  return counts;
}

import { diffLimits } from "./diff-limits";
import { diffNever, diffRules } from "./diff-rules";
import type { IntentManifest } from "./manifest";

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

/**
 * What differs between two manifests of one agent, widenings first. `before` is null for a first version: every rule
 * is then a widening.
 * INVARIANT: if any request is allowed by `after` and not by `before`, there is a widening or an unclear change here.
 */
export function diffManifests(
  before: IntentManifest | null,
  after: IntentManifest,
): readonly Change[] {
  const changes = [
    ...diffRules(before?.clusters ?? [], after.clusters),
    ...diffNever(before?.never ?? [], after.never),
    ...(before === null ? [] : diffLimits(before, after)),
    ...(before === null ? [] : diffGoal(before, after)),
  ];
  const rank = (change: Change): number => CHANGE_KINDS.indexOf(change.kind);
  return changes.toSorted((a, b) => rank(a) - rank(b));
}

/** How many changes there are of each kind. */
export function countChanges(changes: readonly Change[]): Readonly<Record<ChangeKind, number>> {
  const counts = { widening: 0, unclear: 0, narrowing: 0, neutral: 0 };
  for (const change of changes) counts[change.kind]++;
  return counts;
}

function diffGoal(before: IntentManifest, after: IntentManifest): Change[] {
  if (before.goal === after.goal) return [];
  return [
    {
      path: "/goal",
      kind: "neutral",
      title: "Goal reworded",
      before: before.goal,
      after: after.goal,
      why: "Wording decides nothing.",
    },
  ];
}

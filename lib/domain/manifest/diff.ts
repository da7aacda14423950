import { CHANGE_KINDS, type Change } from "./change";
import { diffLimits } from "./diff-limits";
import { diffNever, diffRules } from "./diff-rules";
import type { IntentManifest } from "./manifest";

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

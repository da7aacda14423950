import { actionCovers, covers } from "@/lib/domain/policy/pattern";
import type { Change, ChangeKind } from "./change";
import { compareConditions } from "./condition-bounds";
import { conditionInWords } from "./condition-in-words";
import { actionsInWords, listInWords, resourceInWords } from "./humanise";
import type { Cluster, NeverRule, Rule } from "./manifest";

type Scope = Pick<Rule, "actions" | "resources" | "when">;
type Place = { readonly path: string; readonly where: string };

/** Differences in the task clusters. More rules never allow less, since the most permissive match decides. */
export function diffRules(before: readonly Cluster[], after: readonly Cluster[]): Change[] {
  const changes: Change[] = [];
  after.forEach((cluster, c) => {
    const old = before.find((candidate) => candidate.id === cluster.id);
    const place = { path: `/clusters/${c}`, where: `Task “${cluster.id}”` };
    if (old) changes.push(...diffCluster(old, cluster, place));
    else changes.push(...wholeCluster(cluster, place, "widening"));
  });
  before.forEach((cluster, c) => {
    if (after.some((candidate) => candidate.id === cluster.id)) return;
    const place = { path: `/clusters/${c}`, where: `Task “${cluster.id}”` };
    changes.push(...wholeCluster(cluster, place, "narrowing"));
  });
  return changes;
}

function wholeCluster(cluster: Cluster, place: Place, kind: "widening" | "narrowing"): Change[] {
  return cluster.rules.map((rule, r) =>
    wholeRule(rule, { ...place, path: `${place.path}/rules/${r}` }, kind),
  );
}

function wholeRule(rule: Rule, place: Place, kind: "widening" | "narrowing"): Change {
  const added = kind === "widening";
  return {
    path: place.path,
    kind,
    title: `${place.where}: rule ${added ? "added" : "removed"}`,
    before: added ? null : ruleInWords(rule),
    after: added ? ruleInWords(rule) : null,
    why: added ? "What no rule allowed is allowed by it." : "What only it allowed is blocked.",
  };
}

function diffCluster(before: Cluster, after: Cluster, place: Place): Change[] {
  const changes: Change[] = [];
  if (before.purpose !== after.purpose) {
    changes.push({
      path: `${place.path}/purpose`,
      kind: "neutral",
      title: `${place.where}: purpose reworded`,
      before: before.purpose,
      after: after.purpose,
      why: "Wording decides nothing.",
    });
  }
  const pairs = pairRules(before.rules, after.rules);
  after.rules.forEach((rule, r) => {
    const at = { ...place, path: `${place.path}/rules/${r}` };
    const old = pairs.get(r);
    const was = old === undefined ? undefined : before.rules[old];
    if (was) changes.push(...diffRule(was, rule, at));
    else changes.push(wholeRule(rule, at, "widening"));
  });
  const kept = new Set(pairs.values());
  before.rules.forEach((rule, r) => {
    if (kept.has(r)) return;
    changes.push(wholeRule(rule, { ...place, path: `${place.path}/rules/${r}` }, "narrowing"));
  });
  return changes;
}

/** For each later rule the earlier one that it grew out of: the likest first, so that little reads as changed. */
function pairRules(before: readonly Rule[], after: readonly Rule[]): ReadonlyMap<number, number> {
  const candidates = after.flatMap((rule, a) =>
    before.map((old, b) => ({ a, b, likeness: likeness(old, rule) })),
  );
  candidates.sort((x, y) => y.likeness - x.likeness || Math.abs(x.a - x.b) - Math.abs(y.a - y.b));
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  for (const { a, b, likeness: score } of candidates) {
    if (score <= 0 || pairs.has(a) || taken.has(b)) continue;
    pairs.set(a, b);
    taken.add(b);
  }
  return pairs;
}

function likeness(before: Rule, after: Rule): number {
  const shared =
    share(before.actions, after.actions, actionCovers) +
    share(before.resources, after.resources, covers);
  if (shared === 0) return 0;
  const same = (key: "when" | "confirm" | "impact"): number =>
    before[key] === after[key] ? 0.2 : 0;
  return shared + same("when") + same("confirm") + same("impact");
}

function share(
  before: readonly string[],
  after: readonly string[],
  wide: (a: string, b: string) => boolean,
): number {
  const met = after.filter((b) => before.some((a) => wide(a, b) || wide(b, a))).length;
  const same = after.filter((b) => before.includes(b)).length;
  return (met + same) / Math.max(before.length, after.length);
}

const CONFIRM_ORDER = { never: 0, "new-target": 1, each: 2 } as const;
const CONFIRM_WORDS = {
  never: "no confirmation",
  "new-target": "each new target confirmed",
  each: "each request confirmed",
} as const;

function diffRule(before: Rule, after: Rule, place: Place): Change[] {
  const changes = diffScope(before, after, place, false);
  if (before.confirm !== after.confirm) {
    const weaker = CONFIRM_ORDER[after.confirm] < CONFIRM_ORDER[before.confirm];
    changes.push({
      path: `${place.path}/confirm`,
      kind: weaker ? "widening" : "narrowing",
      title: `${place.where}: confirmation ${weaker ? "weakened" : "strengthened"}`,
      before: CONFIRM_WORDS[before.confirm],
      after: CONFIRM_WORDS[after.confirm],
      why: weaker ? "Less of what the agent does waits for a person." : "More waits for a person.",
    });
  }
  if (before.impact !== after.impact) {
    const milder = after.impact === "routine";
    changes.push({
      path: `${place.path}/impact`,
      kind: milder ? "unclear" : "neutral",
      title: `${place.where}: now called ${after.impact}`,
      before: before.impact,
      after: after.impact,
      why: milder
        ? "The same requests count as harmless from now on: check that they are."
        : "The same requests are allowed, and marked as weighty.",
    });
  }
  return changes;
}

/** Differences in the never-rules, where more reach means less authority. */
export function diffNever(before: readonly NeverRule[], after: readonly NeverRule[]): Change[] {
  const changes: Change[] = [];
  after.forEach((rule, n) => {
    const place = { path: `/never/${n}`, where: `Never-rule “${rule.id}”` };
    const old = before.find((candidate) => candidate.id === rule.id);
    if (!old) {
      changes.push(wholeNever(rule, place, "narrowing"));
      return;
    }
    changes.push(...diffScope(old, rule, place, true));
    if (old.because !== rule.because) {
      changes.push({
        path: `${place.path}/because`,
        kind: "neutral",
        title: `${place.where}: reason reworded`,
        before: old.because,
        after: rule.because,
        why: "Wording decides nothing.",
      });
    }
  });
  before.forEach((rule, n) => {
    if (after.some((candidate) => candidate.id === rule.id)) return;
    const place = { path: `/never/${n}`, where: `Never-rule “${rule.id}”` };
    changes.push(wholeNever(rule, place, "widening"));
  });
  return changes;
}

function wholeNever(rule: NeverRule, place: Place, kind: "widening" | "narrowing"): Change {
  const removed = kind === "widening";
  return {
    path: place.path,
    kind,
    title: `${place.where} ${removed ? "removed" : "added"}`,
    before: removed ? scopeInWords(rule) : null,
    after: removed ? null : scopeInWords(rule),
    why: removed ? "What it refused may now be allowed." : "It refuses whatever the tasks say.",
  };
}

/** Differences in reach and condition; in a never-rule (`inverted`) more reach is a narrowing. */
function diffScope(before: Scope, after: Scope, place: Place, inverted: boolean): Change[] {
  return [
    ...diffList(before.actions, after.actions, { ...place, field: "actions", inverted }),
    ...diffList(before.resources, after.resources, { ...place, field: "resources", inverted }),
    ...diffCondition(before.when, after.when, place, inverted),
  ];
}

type ListPlace = Place & { readonly field: "actions" | "resources"; readonly inverted: boolean };

function diffList(before: readonly string[], after: readonly string[], place: ListPlace): Change[] {
  const wide = place.field === "actions" ? actionCovers : covers;
  const within = (items: readonly string[], item: string): boolean =>
    items.some((candidate) => wide(candidate, item));
  const more = after.filter((item) => !within(before, item));
  const less = before.filter((item) => !within(after, item));
  const change = (grew: boolean, items: readonly string[]): Change => ({
    path: `${place.path}/${place.field}`,
    kind: grew !== place.inverted ? "widening" : "narrowing",
    title: `${place.where}: ${place.field} ${grew ? "added" : "removed"}: ${items.join(", ")}`,
    before: before.join(", "),
    after: after.join(", "),
    why: reachWhy(grew, place.inverted),
  });
  const changes = [
    ...(more.length > 0 ? [change(true, more)] : []),
    ...(less.length > 0 ? [change(false, less)] : []),
  ];
  if (changes.length > 0 || sameItems(before, after)) return changes;
  return [
    {
      path: `${place.path}/${place.field}`,
      kind: "neutral",
      title: `${place.where}: ${place.field} written differently`,
      before: before.join(", "),
      after: after.join(", "),
      why: "It reaches exactly as far as before.",
    },
  ];
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}

function reachWhy(grew: boolean, inverted: boolean): string {
  if (inverted) return grew ? "It refuses more." : "What it no longer refuses may be allowed.";
  return grew ? "The rule reaches further." : "The rule reaches less far.";
}

function diffCondition(
  before: string | undefined,
  after: string | undefined,
  place: Place,
  inverted: boolean,
): Change[] {
  if (before === after) return [];
  const change = (kind: ChangeKind, verb: string, why: string): Change => ({
    path: `${place.path}/when`,
    kind,
    title: `${place.where}: condition ${verb}`,
    before: before ?? null,
    after: after ?? null,
    why,
  });
  if (after === undefined) {
    return [
      change(inverted ? "narrowing" : "widening", "removed", "It holds in every case from now on."),
    ];
  }
  if (before === undefined) {
    return [
      change(inverted ? "widening" : "narrowing", "added", "It holds in fewer cases from now on."),
    ];
  }
  const order = compareConditions(before, after);
  if (order === "unclear") {
    const why = "These conditions can't be compared: read both, and take it as a widening.";
    return [change("unclear", "changed", why)];
  }
  const more = order === "wider";
  return [
    change(
      more === inverted ? "narrowing" : "widening",
      more ? "loosened" : "tightened",
      more ? "It holds in more cases." : "It holds in fewer cases.",
    ),
  ];
}

function ruleInWords(rule: Rule): string {
  return `${scopeInWords(rule)}; ${CONFIRM_WORDS[rule.confirm]}`;
}

function scopeInWords(scope: Scope): string {
  const what = listInWords(scope.resources.map((resource) => resourceInWords(resource, true)));
  const when =
    scope.when === undefined ? "" : `, when ${conditionInWords(scope.when) ?? scope.when}`;
  return `${actionsInWords(scope.actions)} ${what}${when}`;
}

import type { ResourceMatcher } from "./pattern";

/** Whom a rule concerns, as far as the index knows. */
type Indexed = {
  readonly actions: readonly string[];
  readonly resources: readonly ResourceMatcher[];
};

/** Up to 31 rules, each one bit: one look-up by action, one by type, and an AND give the rules to try. */
type Group<R> = {
  readonly rules: readonly R[];
  readonly byAction: ReadonlyMap<string, number>;
  readonly anyAction: number;
  readonly byType: ReadonlyMap<string, number>;
  readonly anyType: number;
};

/** Rules found by action and resource type, so that a decision doesn't slow down with the number of rules. */
export type RuleIndex<R> = { readonly all: readonly R[]; readonly groups: readonly Group<R>[] };

const GROUP_SIZE = 31;

export function ruleIndex<R extends Indexed>(rules: readonly R[]): RuleIndex<R> {
  const groups: Group<R>[] = [];
  for (let from = 0; from < rules.length; from += GROUP_SIZE) {
    groups.push(group(rules.slice(from, from + GROUP_SIZE)));
  }
  return { all: rules, groups };
}

function group<R extends Indexed>(rules: readonly R[]): Group<R> {
  const byAction = new Map<string, number>();
  const byType = new Map<string, number>();
  let anyAction = 0;
  let anyType = 0;
  rules.forEach((rule, position) => {
    const bit = 1 << position;
    for (const action of rule.actions) {
      if (action === "*") anyAction |= bit;
      else byAction.set(action, (byAction.get(action) ?? 0) | bit);
    }
    for (const { type } of rule.resources) {
      if (type === null) anyType |= bit;
      else byType.set(type, (byType.get(type) ?? 0) | bit);
    }
  });
  return { rules, byAction, anyAction, byType, anyType };
}

/** Visit, in the manifest's order, each rule that matches action and resource, until `visit` says that it has enough. */
export function eachMatch<R extends Indexed>(
  index: RuleIndex<R>,
  action: string,
  resource: { readonly type: string; readonly id: string },
  visit: (rule: R) => boolean,
): void {
  for (const { rules, byAction, anyAction, byType, anyType } of index.groups) {
    let left =
      ((byAction.get(action) ?? 0) | anyAction) & ((byType.get(resource.type) ?? 0) | anyType);
    while (left !== 0) {
      const rule = rules[31 - Math.clz32(left & -left)];
      left &= left - 1;
      if (
        rule !== undefined &&
        covered(rule.resources, resource.type, resource.id) &&
        visit(rule)
      ) {
        return;
      }
    }
  }
}

/** Does one of the patterns match? */
export function covered(resources: readonly ResourceMatcher[], type: string, id: string): boolean {
  for (const resource of resources) {
    if ((resource.type === null || resource.type === type) && resource.matches(id)) return true;
  }
  return false;
}

import type { Cluster } from "@/lib/domain/manifest/manifest";

const MOST_ACTS = 40;

/**
 * What a cluster's rules name, such as "read invoice": each action with each resource type. A wildcard names nothing, so a
 * rule that allows everything says nothing about what is meant.
 */
export function actsOf({ rules }: Pick<Cluster, "rules">): readonly string[] {
  const acts = rules.flatMap(({ actions, resources }) => {
    const types = resources.map((pattern) => pattern.slice(0, pattern.indexOf(":")));
    return actions.flatMap((action) =>
      action.includes("*")
        ? []
        : types.filter((type) => !type.includes("*")).map((type) => `${action} ${type}`),
    );
  });
  return [...new Set(acts)].slice(0, MOST_ACTS);
}

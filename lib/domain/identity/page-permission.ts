import type { Permission } from "@/lib/domain/access/permissions";

const PAGES: readonly (readonly [RegExp, Permission])[] = [
  [/^\/$/, "today:read"],
  [/^\/portfolio$/, "agent:read"],
  [/^\/requests\/[^/]+$/, "ledger:read"],
  [/^\/agents\/new$/, "agent:register"],
  [/^\/agents\/[^/]+\/manifests\/new$/, "manifest:draft"],
  [/^\/agents(\/|$)/, "agent:read"],
  [/^\/manifests\/[^/]+\/edit$/, "manifest:draft"],
  [/^\/manifests(\/|$)/, "manifest:read"],
  [/^\/reviews(\/|$)/, "review:read"],
  [/^\/incidents\/new$/, "incident:manage"],
  [/^\/incidents(\/|$)/, "incident:read"],
  [/^\/ledger(\/|$)/, "ledger:read"],
  [/^\/people(\/|$)/, "people:read"],
  [/^\/settings(\/|$)/, "self:manage"],
];

/** The permission that a page asks for, for its name in the navigation and on the 403 page; null where we know none. */
export function pagePermission(path: string): Permission | null {
  return PAGES.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/**
 * A manifest as Cedar policies: a second opinion on the decision, from another engine. Covers what Cedar can express:
 * clusters, actions, resource patterns (`**`, or one `*`), never-rules, data class, network, budgets, hours, risk and
 * confirmation. Conditions come through a table that the caller gives, since CEL and Cedar differ.
 */
import type {
  ActionConstraint,
  CedarValueJson,
  Expr,
  PatternElem,
  PolicyJson,
  StaticPolicySet,
} from "@cedar-policy/cedar-wasm/nodejs";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import type { IntentManifest, NeverRule, Rule } from "@/lib/domain/manifest/manifest";
import type { Situation } from "@/lib/domain/policy/decision";
import type { EvaluationRequest } from "@/lib/domain/policy/request";

/** `holds`: shown to be true; `maybe`: not shown to be false. They differ where the condition can't be evaluated. */
export type CedarCondition = { readonly holds: Expr; readonly maybe: Expr };
export type Conditions = (cel: string) => CedarCondition;

/** `mandate` permits what is allowed or held, `plain` only what is allowed without a person. */
export function cedarPolicies(
  manifest: IntentManifest,
  conditions: Conditions,
): { readonly mandate: StaticPolicySet; readonly plain: StaticPolicySet } {
  const forbids = manifest.never.map((never) =>
    policy("forbid", never, [
      anyPattern(never.resources),
      never.when === undefined ? TRUE : conditions(never.when).maybe,
    ]),
  );
  const bounds = manifestBounds(manifest);
  const permits = (confirms: boolean): PolicyJson[] =>
    manifest.clusters.flatMap((cluster) =>
      cluster.rules.map((rule) =>
        policy("permit", rule, [
          same(context("cluster"), value(cluster.id)),
          anyPattern(rule.resources),
          rule.when === undefined ? TRUE : conditions(rule.when).holds,
          ...bounds,
          ...(confirms ? [] : [unconfirmed(manifest, rule)]),
        ]),
      ),
    );
  const named = (policies: readonly PolicyJson[]): StaticPolicySet =>
    Object.fromEntries(policies.map((one, index) => [`${one.effect}-${index}`, one]));
  return {
    mandate: named([...permits(true), ...forbids]),
    plain: named([...permits(false), ...forbids]),
  };
}

/** The context that the policies read, worked out without the code under test. */
export function cedarContext(
  request: EvaluationRequest,
  situation: Situation,
  agent: { readonly riskScore: number; readonly containment: string | null },
  timeZone: string,
): Record<string, CedarValueJson> {
  const { context: asked, resource } = request;
  const wall = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(situation.now);
  const part = (type: string): string => wall.find((p) => p.type === type)?.value ?? "";
  const cents = (amount: number): number => Number((amount * 100).toFixed(0));
  const used = Object.fromEntries(
    Object.entries(situation.usage).flatMap(([period, usage]) =>
      Object.entries(usage).map(([measure, amount]) => [`${measure}_${period}`, amount]),
    ),
  );
  return {
    ...used,
    cluster: asked.cluster,
    type: resource.type,
    id: resource.id,
    dataClass: DATA_CLASSES.indexOf(asked.dataClass),
    asked_requests: 1,
    asked_records: asked.records ?? 0,
    asked_spend: cents(asked.spend ?? 0),
    ...(asked.records === undefined ? {} : { records: asked.records }),
    ...(asked.spend === undefined ? {} : { spend: cents(asked.spend) }),
    ...(asked.destination === undefined ? {} : { destination: asked.destination }),
    ...Object.fromEntries(
      Object.entries(resource.properties ?? {}).flatMap(([name, v]) =>
        typeof v === "string" ? [[`property_${name}`, v]] : [],
      ),
    ),
    day: part("weekday").toLowerCase(),
    minute: Number(part("hour")) * 60 + Number(part("minute")),
    now: situation.now,
    risk: agent.riskScore,
    confirmAll: agent.containment === "confirm-all",
    targetConfirmed: situation.targetConfirmed,
  };
}

function manifestBounds(manifest: IntentManifest): Expr[] {
  const bounds: Expr[] = [
    atMost(context("dataClass"), value(DATA_CLASSES.indexOf(manifest.dataClassCeiling))),
    less(context("risk"), value(manifest.risk.contain)),
    atMost(value(Date.parse(manifest.validity.notBefore)), context("now")),
    less(context("now"), value(Date.parse(manifest.validity.notAfter))),
    or([not(has("destination")), ...manifest.network.map(destination)]),
  ];
  if (manifest.hours) {
    bounds.push(
      or(
        manifest.hours.windows.flatMap((window) =>
          window.days.map((day) =>
            and([
              same(context("day"), value(day)),
              atMost(value(clock(window.from)), context("minute")),
              less(context("minute"), value(clock(window.to))),
            ]),
          ),
        ),
      ),
    );
  }
  for (const [measure, limits] of Object.entries(manifest.budgets)) {
    for (const [period, limit] of Object.entries(limits ?? {})) {
      if (typeof limit !== "number") continue;
      const asked = context(`asked_${measure}`);
      const most = value(measure === "spend" ? Number((limit * 100).toFixed(0)) : limit);
      const sum: Expr = { "+": { left: context(`${measure}_${period}`), right: asked } };
      bounds.push(or([same(asked, value(0)), atMost(sum, most)]));
    }
  }
  return bounds;
}

function unconfirmed(manifest: IntentManifest, rule: Rule): Expr {
  const calm = and([
    less(context("risk"), value(manifest.risk.review)),
    not(context("confirmAll")),
  ]);
  if (rule.confirm === "each") return FALSE;
  return rule.confirm === "never" ? calm : and([calm, context("targetConfirmed")]);
}

function policy(effect: "permit" | "forbid", rule: Rule | NeverRule, body: Expr[]): PolicyJson {
  const action: ActionConstraint = rule.actions.includes("*")
    ? { op: "All" }
    : { op: "in", entities: rule.actions.map((id) => ({ type: "Action", id })) };
  return {
    effect,
    principal: { op: "All" },
    action,
    resource: { op: "All" },
    conditions: [{ kind: "when", body: and(body) }],
  };
}

function anyPattern(patterns: readonly string[]): Expr {
  return or(
    patterns.map((pattern) => {
      const [type = "", ...rest] = pattern.split(":");
      const matches = globExpr(rest.join(":"));
      return type === "*" ? matches : and([same(context("type"), value(type)), matches]);
    }),
  );
}

/** Cedar's wildcard is our `**`. One `*` is that wildcard, but not with a slash inside. */
function globExpr(glob: string): Expr {
  const stars = glob.match(/\*+/g) ?? [];
  if (stars.every((star) => star === "**")) return like("id", glob.split("**"));
  const [before, after, ...more] = glob.split("*");
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`Cedar can't express ${glob}`);
  }
  return and([like("id", [before, after]), not(like("id", [before, "/", after]))]);
}

function destination(entry: string): Expr {
  return entry.startsWith("*.")
    ? like("destination", ["", entry.slice(1)])
    : same(context("destination"), value(entry));
}

function like(attr: string, literals: readonly string[]): Expr {
  const pattern = literals.flatMap((literal, index): PatternElem[] => [
    ...(index === 0 ? [] : ["Wildcard" as const]),
    ...(literal === "" ? [] : [{ Literal: literal }]),
  ]);
  return { like: { left: context(attr), pattern } };
}

const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

export const value = (v: CedarValueJson): Expr => ({ Value: v });
export const context = (attr: string): Expr => ({ ".": { left: { Var: "context" }, attr } });
export const has = (attr: string): Expr => ({ has: { left: { Var: "context" }, attr } });
export const not = (arg: Expr): Expr => ({ "!": { arg } });
export const same = (left: Expr, right: Expr): Expr => ({ "==": { left, right } });
export const less = (left: Expr, right: Expr): Expr => ({ "<": { left, right } });
export const atMost = (left: Expr, right: Expr): Expr => ({ "<=": { left, right } });
export const startsWith = (attr: string, prefix: string): Expr => like(attr, [prefix, ""]);
const TRUE = value(true);
const FALSE = value(false);
export const and = (parts: readonly Expr[]): Expr =>
  parts.reduce((left, right) => ({ "&&": { left, right } }), TRUE);
export const or = (parts: readonly Expr[]): Expr =>
  parts.reduce((left, right) => ({ "||": { left, right } }), FALSE);

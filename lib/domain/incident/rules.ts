import type { Actor } from "@/lib/domain/access/permissions";
import type { Clock } from "./clock";

type Refusal = { readonly kind: "standing" | "facts"; readonly message: string };

/** Compliance and administrators work on every incident, a sponsor on those of their agents and those that they opened. */
export function obstacleToManage(
  actor: Actor,
  incident: {
    readonly closed: boolean;
    readonly openedById: string;
    /** is the actor sponsor or deputy of the incident's agent? */
    readonly sponsorsAgent: boolean;
  },
): Refusal | null {
  const oversees = actor.roles.includes("compliance") || actor.roles.includes("admin");
  const own = incident.sponsorsAgent || incident.openedById === actor.id;
  if (!oversees && !(own && actor.roles.includes("sponsor"))) {
    return {
      kind: "standing",
      message: "compliance, an administrator, or a sponsor of the agent works on this incident",
    };
  }
  return incident.closed ? { kind: "facts", message: "the incident is closed" } : null;
}

/** What is left to do before an incident can be closed, in words; empty: nothing. */
export function leftToDo(incident: {
  readonly doraAssessed: boolean;
  readonly aiActAssessed: boolean;
  readonly awareStated: boolean;
  readonly rootCauseStated: boolean;
  readonly openActions: number;
  readonly clocks: readonly Pick<Clock, "label" | "submittedAt">[];
}): readonly string[] {
  const { openActions, clocks } = incident;
  const unsent = incident.doraAssessed
    ? clocks.filter(({ submittedAt }) => submittedAt === null).map(({ label }) => label)
    : [];
  return [
    incident.awareStated ? "" : "state when a person became aware",
    incident.doraAssessed ? "" : "assess it against DORA’s criteria",
    incident.aiActAssessed ? "" : "assess it against the AI Act’s definition",
    incident.rootCauseStated ? "" : "state the root cause",
    openActions === 0
      ? ""
      : `finish ${openActions === 1 ? "one action" : `${openActions} actions`}`,
    ...unsent.map((label) => `send, and record as sent: ${label}`),
  ].filter(Boolean);
}

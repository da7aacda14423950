import { z } from "zod";
import { ROLES } from "@/lib/domain/access/permissions";
import { DATA_CLASSES, TIERS } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS } from "@/lib/domain/containment/level";
import { OUTCOMES } from "@/lib/domain/policy/reasons";

// INVARIANT: no personal data and no free text here. People are pseudonymous ids; words go to the detail.
const id = z.string().regex(/^[a-z]{2,4}_[a-z0-9-]{4,64}$/);
const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const code = z.string().regex(/^[a-z0-9_.-]{1,64}$/);
const event = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

const incident = <S extends z.ZodRawShape>(shape: S) => ({
  incidentId: id,
  agentId: id.nullable(),
  ...shape,
});

/** Everything that can be recorded. A new kind is a new line here; an old one is never changed. */
export const LedgerEvent = z.discriminatedUnion("kind", [
  event("decision", {
    agentId: id,
    sponsorId: id.nullable(),
    manifestId: id.nullable(),
    manifestVersion: z.number().int().nullable(),
    outcome: z.enum(OUTCOMES),
    reason: code,
    cluster: z.string().max(64).nullable(),
    rule: z.number().int().nullable(),
    action: z.string().max(64).nullable(),
    resourceType: z.string().max(64).nullable(),
    dataClass: z.enum(DATA_CLASSES).nullable(),
    records: z.number().int().nullable(),
    spend: z.number().nullable(),
    riskScore: z.number().int(),
    containment: z.enum(CONTAINMENT_LEVELS).nullable(),
    reviewId: id.nullable(),
    grantId: id.nullable(),
    /** true where the seed's simulated workload asked, not a live agent */
    simulated: z.boolean(),
  }),
  event("decision.outcome", {
    agentId: id,
    /** ledger position of the decision */
    decision: z.number().int().nonnegative(),
    status: z.enum(["success", "error", "ambiguous"]),
    errorClass: code.nullable(),
    records: z.number().int().nullable(),
    bytes: z.number().int().nullable(),
    simulated: z.boolean(),
  }),
  event("agent.registered", {
    agentId: id,
    tier: z.enum(TIERS),
    agentKind: z.enum(["assistive", "embedded"]),
    ownerId: id,
    legalEntityId: id,
  }),
  event("agent.changed", { agentId: id, tier: z.enum(TIERS), fields: z.array(code) }),
  event("agent.key-added", { agentId: id, jkt: digest }),
  event("agent.key-revoked", { agentId: id, jkt: digest }),
  event("agent.produced", { agentId: id, maturity: z.number().int() }),
  event("agent.retired", { agentId: id }),
  event("sponsor.assigned", {
    agentId: id,
    sponsorId: id,
    role: z.enum(["sponsor", "deputy"]),
    previousId: id.nullable(),
  }),
  event("manifest.drafted", {
    agentId: id,
    manifestId: id,
    version: z.number().int(),
    reviewId: id.nullable(),
  }),
  event("manifest.submitted", { agentId: id, manifestId: id, version: z.number().int(), digest }),
  event("manifest.returned", { agentId: id, manifestId: id, sponsorId: id }),
  event("manifest.withdrawn", { agentId: id, manifestId: id }),
  event("manifest.approval-signed", {
    agentId: id,
    manifestId: id,
    sponsorId: id,
    digest,
    statementDigest: digest,
    backtestDigest: digest,
    assurance: z.enum(["passkey", "password"]),
    stage: z.enum(["first", "final"]),
  }),
  event("manifest.approved", {
    agentId: id,
    manifestId: id,
    sponsorId: id,
    version: z.number().int(),
    digest,
    statementDigest: digest,
    backtestDigest: digest,
    assurance: z.enum(["passkey", "password"]),
    supersedes: id.nullable(),
    tokenHashes: z.array(digest),
  }),
  event("manifest.revoked", { agentId: id, manifestId: id }),
  event("manifest.token-issued", { agentId: id, manifestId: id, jkt: digest, tokenHash: digest }),
  event("review.resolved", {
    agentId: id,
    reviewId: id,
    sponsorId: id,
    resolution: z.enum(["uphold", "override", "confirm-target", "amend", "stop"]),
    grantId: id.nullable(),
    manifestId: id.nullable(),
    secondsOpen: z.number().int(),
  }),
  event("review.escalated", { agentId: id, reviewId: id, cause: z.enum(["person", "overdue"]) }),
  event("containment.applied", {
    agentId: id,
    level: z.enum(CONTAINMENT_LEVELS),
    rule: code.nullable(),
  }),
  event("containment.lifted", { agentId: id, level: z.enum(CONTAINMENT_LEVELS) }),
  event("containment.lift-signed", {
    agentId: id,
    level: z.enum(CONTAINMENT_LEVELS),
    to: z.enum(CONTAINMENT_LEVELS).nullable(),
  }),
  event("containment.drill-started", {
    agentId: id,
    drillId: id,
    level: z.enum(CONTAINMENT_LEVELS),
    notified: z.array(id),
  }),
  event("containment.drill-acknowledged", { agentId: id, drillId: id, seconds: z.number().int() }),
  event("containment.drilled", {
    agentId: id,
    drillId: id,
    level: z.enum(CONTAINMENT_LEVELS),
    seconds: z.number().int(),
    /** how long each one took who was notified; null: never acknowledged */
    acknowledged: z.array(z.strictObject({ subjectId: id, seconds: z.number().int().nullable() })),
  }),
  event("agent.key-suspected", { agentId: id, jkt: digest, rule: code }),
  event("firm.stopped", {
    agents: z.number().int(),
    stoppedBefore: z.number().int(),
    assurance: z.enum(["passkey", "password"]),
  }),
  event("incident.opened", incident({ containmentId: id.nullable() })),
  event("incident.facts-stated", incident({ fields: z.array(code) })),
  event(
    "incident.assessed",
    incident({
      regime: z.enum(["dora", "ai-act"]),
      result: code,
      criteria: z.array(code),
    }),
  ),
  event("incident.root-cause-stated", incident({ cause: code })),
  event("incident.action-added", incident({ actionId: id, ownerId: id, dueAt: z.iso.datetime() })),
  event("incident.action-done", incident({ actionId: id })),
  event("incident.reported", incident({ report: code, submittedAt: z.iso.datetime() })),
  event("incident.closed", incident({ actions: z.number().int() })),
  event("risk.rescored", {
    agentId: id,
    score: z.number().int(),
    previous: z.number().int(),
    formula: code,
    factors: z.array(z.strictObject({ signal: code, points: z.number() })),
    /** the score without what a person has explained; formulas before `risk-2` know none */
    raw: z.number().int().optional(),
  }),
  event("risk.factor-explained", {
    agentId: id,
    signal: code,
    /** 0–1, what of the signal is explained */
    level: z.number(),
    until: z.iso.datetime(),
  }),
  event("person.added", { subjectId: id, roles: z.array(z.enum(ROLES)) }),
  event("person.roles-changed", {
    subjectId: id,
    roles: z.array(z.enum(ROLES)),
    previous: z.array(z.enum(ROLES)),
  }),
  event("person.deactivated", { subjectId: id }),
  event("person.reactivated", { subjectId: id }),
  event("person.profile-changed", { subjectId: id, fields: z.array(code) }),
  event("person.sessions-ended", { subjectId: id, sessionsEnded: z.number().int() }),
  event("person.passkey-added", { subjectId: id }),
  event("person.passkey-removed", { subjectId: id }),
  event("person.password-changed", { subjectId: id, sessionsEnded: z.number().int() }),
  event("training.certified", {
    subjectId: id,
    module: code,
    version: z.number().int(),
    score: z.number().int(),
    expiresAt: z.iso.datetime(),
  }),
  event("ledger.verified", { size: z.number().int(), root: digest, problems: z.number().int() }),
]);
export type LedgerEvent = z.infer<typeof LedgerEvent>;
export type EventKind = LedgerEvent["kind"];

/** An entry's body: the event with its time, the acting person (null for agents and rules) and the commitment to its detail. */
export type EntryBody = LedgerEvent & {
  readonly v: 1;
  readonly at: string;
  readonly personId: string | null;
  readonly commitment: string | null;
};

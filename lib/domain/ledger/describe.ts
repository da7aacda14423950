import { ruleInWords } from "@/lib/domain/containment/triggers";
import type { EntryBody, EventKind } from "./event";

/** What each kind of entry is called on screen. */
export const KIND_LABEL: Readonly<Record<EventKind, string>> = {
  decision: "Decision",
  "decision.outcome": "Outcome reported",
  "agent.registered": "Agent registered",
  "agent.changed": "Agent changed",
  "agent.key-added": "Agent key added",
  "agent.key-revoked": "Agent key revoked",
  "agent.produced": "Agent put into production",
  "agent.retired": "Agent retired",
  "sponsor.assigned": "Sponsor assigned",
  "manifest.drafted": "Manifest drafted",
  "manifest.submitted": "Manifest submitted",
  "manifest.returned": "Manifest returned",
  "manifest.withdrawn": "Manifest withdrawn",
  "manifest.approval-signed": "Approval signed",
  "manifest.approved": "Manifest approved",
  "manifest.revoked": "Manifest revoked",
  "manifest.token-issued": "Manifest token issued",
  "review.resolved": "Review resolved",
  "review.escalated": "Review escalated",
  "containment.applied": "Containment applied",
  "containment.lifted": "Containment lifted",
  "containment.lift-signed": "Lift signed, first of two",
  "containment.drill-started": "Containment drill started",
  "containment.drill-acknowledged": "Containment drill acknowledged",
  "containment.drilled": "Containment drilled",
  "agent.key-suspected": "Agent key under suspicion",
  "firm.stopped": "Firm-wide stop",
  "incident.opened": "Incident opened",
  "incident.facts-stated": "Incident: facts stated",
  "incident.assessed": "Incident assessed",
  "incident.root-cause-stated": "Incident: root cause stated",
  "incident.action-added": "Incident: action added",
  "incident.action-done": "Incident: action done",
  "incident.reported": "Incident reported",
  "incident.closed": "Incident closed",
  "risk.rescored": "Risk rescored",
  "risk.factor-explained": "Risk factor explained",
  "person.added": "Person added",
  "person.roles-changed": "Roles changed",
  "person.deactivated": "Person deactivated",
  "person.reactivated": "Person reactivated",
  "person.profile-changed": "Profile changed",
  "person.sessions-ended": "Sessions ended",
  "person.passkey-added": "Passkey added",
  "person.passkey-removed": "Passkey removed",
  "person.password-changed": "Password changed",
  "training.certified": "Training passed",
  "ledger.verified": "Ledger verified",
};

/** Turns a person's id into a name. */
type NameOf = (personId: string) => string;

/** What an entry says, in a few words, without its kind, its agent and the person who acted: those stand beside it. */
export function describeEntry(body: EntryBody, nameOf: NameOf): string {
  switch (body.kind) {
    case "decision":
      return describeRequest(body);
    case "agent.registered":
      return `${body.agentKind}, tier ${body.tier}, owner ${nameOf(body.ownerId)}`;
    case "agent.changed":
      return `${list(body.fields)}; tier ${body.tier}`;
    case "agent.produced":
      return `maturity level ${body.maturity}`;
    case "sponsor.assigned":
      return `${nameOf(body.sponsorId)} as ${body.role}${aside(", after ", body.previousId, nameOf)}`;
    case "manifest.drafted":
      return `version ${body.version}${aside(", from a review", body.reviewId)}`;
    case "manifest.submitted":
      return `version ${body.version}`;
    case "manifest.approval-signed":
      return `by ${body.assurance}${STAGE[body.stage]}`;
    case "manifest.approved":
      return `version ${body.version}, by ${body.assurance}${aside("; supersedes the former version", body.supersedes)}`;
    case "review.resolved":
      return RESOLUTION[body.resolution];
    case "review.escalated":
      return CAUSE[body.cause];
    case "containment.applied":
      return `${body.level}${aside(", by rule: ", body.rule, ruleInWords)}`;
    case "containment.lifted":
      return body.level;
    case "containment.lift-signed":
      return `${body.level} → ${body.to ?? "none"}; a second person completes it`;
    case "containment.drill-started":
      return `${body.level}; ${body.notified.length} notified`;
    case "containment.drill-acknowledged":
      return `after ${body.seconds} s`;
    case "containment.drilled":
      return `${body.level}; ${body.acknowledged.filter(({ seconds }) => seconds !== null).length} of ${body.acknowledged.length} acknowledged`;
    case "agent.key-suspected":
      return ruleInWords(body.rule);
    case "firm.stopped":
      return `${body.agents} agents stopped, ${body.stoppedBefore} were already; by ${body.assurance}`;
    case "incident.opened":
    case "incident.facts-stated":
    case "incident.assessed":
    case "incident.root-cause-stated":
    case "incident.action-added":
    case "incident.action-done":
    case "incident.reported":
    case "incident.closed":
      return describeIncident(body, nameOf);
    case "risk.rescored":
      return `from ${body.previous} to ${body.score}`;
    case "risk.factor-explained":
      return `${body.signal} up to ${body.level.toFixed(2)}`;
    case "decision.outcome":
      return `entry ${body.decision}: ${body.status}${aside(", ", body.errorClass, String)}`;
    case "ledger.verified":
      return `${body.size} entries, problems: ${body.problems}`;
    case "agent.key-added":
    case "agent.key-revoked":
    case "agent.retired":
    case "manifest.returned":
    case "manifest.withdrawn":
    case "manifest.revoked":
    case "manifest.token-issued":
      return "";
    default:
      return describePersonEvent(body, nameOf);
  }
}

function describeRequest(body: Extract<EntryBody, { readonly kind: "decision" }>): string {
  if (body.action === null) return "a request that could not be read";
  return `${body.action} ${body.resourceType ?? ""}${aside(", cluster ", body.cluster, String)}`;
}

type IncidentEvent = Extract<EntryBody, { readonly incidentId: string }>;

function describeIncident(body: IncidentEvent, nameOf: NameOf): string {
  switch (body.kind) {
    case "incident.opened":
      return body.containmentId === null ? "by hand" : "from a containment";
    case "incident.facts-stated":
      return list(body.fields);
    case "incident.assessed":
      return `${body.regime}: ${body.result}${body.criteria.length > 0 ? ` (${list(body.criteria)})` : ""}`;
    case "incident.root-cause-stated":
      return body.cause;
    case "incident.action-added":
      return `for ${nameOf(body.ownerId)}, due ${body.dueAt.slice(0, 10)}`;
    case "incident.reported":
      return body.report;
    case "incident.closed":
      return `${body.actions} actions`;
    case "incident.action-done":
      return "";
  }
}

/** `lead`, and what `id` stands for, where there is an id; otherwise nothing. */
function aside(lead: string, id: string | null, nameOf: NameOf = () => ""): string {
  return id === null ? "" : lead + nameOf(id);
}

const STAGE = { first: "; a second approver is needed", final: "" } as const;
const CAUSE = { overdue: "not resolved in time", person: "by a person" } as const;

type PersonEvent = Extract<EntryBody, { readonly subjectId: string }>;

function describePersonEvent(body: PersonEvent, nameOf: NameOf): string {
  const who = nameOf(body.subjectId);
  switch (body.kind) {
    case "person.added":
      return `${who}: ${list(body.roles)}`;
    case "person.roles-changed":
      return `${who}: ${list(body.previous)} → ${list(body.roles)}`;
    case "person.password-changed":
      return `${who}; ${body.sessionsEnded} sessions ended`;
    case "training.certified":
      return `${who}: ${body.module}, ${body.score}%`;
    case "person.profile-changed":
      return `${who}: ${list(body.fields)}`;
    case "person.sessions-ended":
      return `${who}; ${body.sessionsEnded} sessions ended`;
    case "person.deactivated":
    case "person.reactivated":
    case "person.passkey-added":
    case "person.passkey-removed":
      return who;
  }
}

const RESOLUTION = {
  uphold: "upheld",
  override: "overridden once",
  "confirm-target": "target confirmed for good",
  amend: "turned into an amendment",
  stop: "agent stopped",
} as const;

function list(words: readonly string[]): string {
  return words.length === 0 ? "none" : words.join(", ");
}

/** Every person whom a body names, by id. */
export function peopleIn(body: EntryBody): readonly string[] {
  const named = [
    body.personId,
    "sponsorId" in body ? body.sponsorId : null,
    "subjectId" in body ? body.subjectId : null,
    "ownerId" in body ? body.ownerId : null,
    "previousId" in body ? body.previousId : null,
    ...("notified" in body ? body.notified : []),
    ...("acknowledged" in body ? body.acknowledged.map(({ subjectId }) => subjectId) : []),
  ];
  return named.filter((personId) => personId !== null);
}

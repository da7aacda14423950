import type { EntryBody, EventKind } from "./event";

/** What each kind of entry is called on screen. */
export const KIND_LABEL: Readonly<Record<EventKind, string>> = {
  decision: "Decision",
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
  "risk.rescored": "Risk rescored",
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
    case "containment.lifted":
      return body.level;
    case "risk.rescored":
      return `from ${body.previous} to ${body.score}`;
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
  ];
  return named.filter((personId) => personId !== null);
}

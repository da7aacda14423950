import type { EvaluationRequest } from "@/lib/domain/policy/request";

/** What an agent means to do. `subject` is filled in: it is the agent itself. */
export type Intent = Omit<EvaluationRequest, "subject"> & {
  readonly subject?: EvaluationRequest["subject"];
};

/** The gateway's answer to an intent. Only `allowed` permits anything. */
export type Decision = {
  readonly allowed: boolean;
  readonly outcome: "allow" | "hold" | "block" | "deny";
  /** stable, for programs */
  readonly reasonCode: string;
  /** a sentence for a person */
  readonly reason: string;
  /** id of the answerable person */
  readonly sponsor: string | null;
  /** position in the ledger */
  readonly seq: number | null;
  readonly requestDigest: string | null;
  readonly review: {
    readonly id: string;
    readonly url: string;
    /** `upheld`, `amended`: a person has answered, and it was no leave for this request */
    readonly state: "open" | "upheld" | "amended";
    readonly retryAfterSeconds: number | null;
  } | null;
  /** what was asked, to ask it again */
  readonly intent: Intent;
};

/** The agent may not act. `decision` says why; without one, nobody answered. */
export abstract class NotAllowed extends Error {
  readonly decision: Decision | null;
  /** a stable reason code, where the gateway gave one */
  readonly reasonCode: string | null;

  constructor(
    message: string,
    more: {
      readonly decision?: Decision;
      readonly reasonCode?: string | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.decision = more.decision ?? null;
    this.reasonCode = more.decision?.reasonCode ?? more.reasonCode ?? null;
  }
}

/** Refused, and no review will change it: bad credentials, contained, expired, revoked. */
export class Denied extends NotAllowed {
  override readonly name = "Denied";
}

/** Inside the mandate, but a person must confirm it first. */
export class Held extends NotAllowed {
  override readonly name = "Held";
}

/** Outside the mandate; a person may grant it once. */
export class Blocked extends NotAllowed {
  override readonly name = "Blocked";
}

/** No answer, or one that can't be understood. No answer means no. */
export class Unavailable extends NotAllowed {
  override readonly name = "Unavailable";
}

/** The request is not well-formed (HTTP 4xx with problem details, RFC 9457): a mistake in the agent's code. */
export class Malformed extends NotAllowed {
  override readonly name = "Malformed";
}

const ERROR = { hold: Held, block: Blocked, deny: Denied };

/** The error that says why a decision does not allow; null where it does. */
export function objectionOf(decision: Decision): NotAllowed | null {
  if (decision.allowed) return null;
  // What is said to be an allow without being one was garbled on its way.
  const Kind = decision.outcome === "allow" ? Unavailable : ERROR[decision.outcome];
  return new Kind(decision.reason, { decision });
}

/** Reads an answer of POST /access/v1/evaluation; null where it is none. */
export function readDecision(intent: Intent, status: number, body: unknown): Decision | null {
  const context = member(body, "context");
  const outcome = OUTCOMES.find((known) => known === member(context, "outcome"));
  const said = member(body, "decision");
  if (outcome === undefined || typeof said !== "boolean") return null;
  return {
    allowed: said && outcome === "allow" && status === 200,
    outcome,
    reasonCode: text(context, "reason_code") ?? "unknown",
    reason: text(context, "reason") ?? "No reason was given.",
    sponsor: text(context, "sponsor"),
    seq: number(context, "seq"),
    requestDigest: text(context, "request_digest"),
    review: readReview(member(context, "review")),
    intent,
  };
}

const OUTCOMES = ["allow", "hold", "block", "deny"] as const;
const STATES = ["open", "upheld", "amended"] as const;

function readReview(value: unknown): Decision["review"] {
  const id = text(value, "id");
  if (id === null) return null;
  return {
    id,
    url: text(value, "url") ?? "",
    state: STATES.find((known) => known === member(value, "state")) ?? "open",
    retryAfterSeconds: number(member(value, "retry"), "after_seconds"),
  };
}

export function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

export function text(value: unknown, name: string): string | null {
  const found = member(value, name);
  return typeof found === "string" ? found : null;
}

function number(value: unknown, name: string): number | null {
  const found = member(value, name);
  return typeof found === "number" ? found : null;
}

import { REVIEW_SLA_MINUTES } from "@/lib/domain/agent/tier";
import { PERIODS } from "@/lib/domain/policy/budgets";
import type { Decision, Usage, UsageByPeriod } from "@/lib/domain/policy/decision";
import type { Outcome } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { addRequest, bucketStarts, NO_USAGE, usageOf } from "@/lib/domain/policy/usage";
import { newId } from "../ids";
import { ANSWER_STANDS_MS, type GrantRow, type readFacts } from "./facts";
import type { ReviewNote } from "./item";
import type { KnownAgent } from "./known-agent";

/** Beyond this many open reviews of one agent a refused request opens none: nobody can answer for a flood (firm policy). */
export const OPEN_REVIEWS_MAX = 500;

type UsageKey = { readonly agentId: string; readonly period: string; readonly bucket: number };

export type NewReview = {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly sponsorId: string | null;
  readonly outcome: Outcome;
  readonly reason: Decision["reason"];
  readonly digest: string;
  readonly seq: bigint;
  readonly at: Date;
  readonly dueAt: Date;
  asked: number;
};

type Note = ReviewNote & {
  readonly resolvedAt: number | null;
  readonly outcome: string;
  readonly reason: string;
};

type Facts = Awaited<ReturnType<typeof readFacts>>;

const key = (...parts: readonly (string | number)[]): string => parts.join(" ");

/** What a batch read, moved on in memory decision by decision, and what it has to write in the end. */
export class WorkingSet {
  readonly #usage = new Map<string, Usage>();
  readonly #grants = new Map<string, GrantRow[]>();
  readonly #targets: ReadonlySet<string>;
  readonly #reviews = new Map<string, Note>();
  readonly #openReviews: Map<string, number>;

  readonly charged = new Map<string, UsageKey & Usage>();
  readonly used: { readonly id: string; readonly at: Date; readonly seq: bigint }[] = [];
  readonly opened = new Map<string, NewReview>();
  readonly askedAgain = new Map<string, number>();

  constructor(facts: Facts) {
    for (const row of facts.usage) this.#usage.set(key(row.agentId, row.period, row.bucket), row);
    for (const row of facts.grants) {
      const at = key(row.agentId, row.digest);
      this.#grants.set(at, [...(this.#grants.get(at) ?? []), row]);
    }
    this.#targets = new Set(facts.targets.map((t) => key(t.agentId, t.clusterId, t.target)));
    for (const { agentId, digest, ...note } of facts.reviews) {
      const at = key(agentId, digest);
      if (this.#reviews.get(at)?.state !== "open") this.#reviews.set(at, note);
    }
    this.#openReviews = new Map(facts.openReviews.map((row) => [row.agentId, row.count]));
  }

  usage(agentId: string, at: Date): UsageByPeriod {
    const starts = bucketStarts(at.getTime());
    const [minute, hour, day] = PERIODS.map((period) =>
      this.#usage.get(key(agentId, period, starts[period])),
    );
    return {
      minute: minute ?? NO_USAGE.minute,
      hour: hour ?? NO_USAGE.hour,
      day: day ?? NO_USAGE.day,
    };
  }

  charge(agentId: string, at: Date, request: EvaluationRequest, outcome: Outcome): void {
    const starts = bucketStarts(at.getTime());
    const after = addRequest(this.usage(agentId, at), request, outcome);
    const more = usageOf(request, outcome);
    for (const period of PERIODS) {
      const bucket = starts[period];
      const name = key(agentId, period, bucket);
      const sum = this.charged.get(name);
      this.#usage.set(name, after[period]);
      this.charged.set(name, {
        agentId,
        period,
        bucket,
        requests: (sum?.requests ?? 0) + more.requests,
        records: (sum?.records ?? 0) + more.records,
        spend: (sum?.spend ?? 0) + more.spend,
      });
    }
  }

  /**
   * An unused grant for exactly this request that has not run out and lifts this outcome, if there is one. Who confirmed
   * what waited inside the mandate has not said that it may leave the mandate: only an overridden block lifts a block.
   */
  grant(agentId: string, digest: string, at: Date, outcome: Outcome): string | null {
    const grants = this.#grants.get(key(agentId, digest));
    const lifts = (grant: GrantRow): boolean =>
      outcome === "hold" || (outcome === "block" && grant.outcome === "block");
    return grants?.find((grant) => grant.expiresAt > at.getTime() && lifts(grant))?.id ?? null;
  }

  use(agentId: string, digest: string, use: (typeof this.used)[number]): void {
    const at = key(agentId, digest);
    this.#grants.set(at, this.#grants.get(at)?.filter(({ id }) => id !== use.id) ?? []);
    this.used.push(use);
  }

  targetConfirmed(agentId: string, clusterId: string, target: string): boolean {
    return this.#targets.has(key(agentId, clusterId, target));
  }

  /** The review that a held or blocked request belongs to, opened where there is none; null where there are too many. */
  review(
    agent: KnownAgent,
    digest: string,
    decision: Decision,
    stamp: { readonly at: Date; readonly seq: bigint; readonly sponsorId: string | null },
  ): ReviewNote | null {
    const name = key(agent.id, digest);
    const note = this.#reviews.get(name);
    if (note?.state === "open") {
      const fresh = this.opened.get(note.id);
      if (fresh) fresh.asked += 1;
      else this.askedAgain.set(note.id, (this.askedAgain.get(note.id) ?? 0) + 1);
      return { id: note.id, state: "open" };
    }
    // An answer stands for what was objected to then; another manifest, or another hour, asks another question.
    const same = note?.reason === decision.reason && note.outcome === decision.outcome;
    if (same && note.resolvedAt && stamp.at.getTime() < note.resolvedAt + ANSWER_STANDS_MS) {
      return { id: note.id, state: note.state };
    }
    const open = this.#openReviews.get(agent.id) ?? 0;
    if (open >= OPEN_REVIEWS_MAX) return null;
    this.#openReviews.set(agent.id, open + 1);
    const review: NewReview = {
      id: newId("rev"),
      agentId: agent.id,
      agentName: agent.name,
      outcome: decision.outcome,
      reason: decision.reason,
      digest,
      dueAt: new Date(stamp.at.getTime() + REVIEW_SLA_MINUTES[agent.tier] * 60_000),
      ...stamp,
      asked: 1,
    };
    this.opened.set(review.id, review);
    const { outcome, reason } = decision;
    this.#reviews.set(name, { id: review.id, state: "open", resolvedAt: null, outcome, reason });
    return { id: review.id, state: "open" };
  }
}

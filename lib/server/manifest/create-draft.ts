import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { amendFor } from "@/lib/domain/manifest/amend";
import { type JsonObject, templateManifest } from "@/lib/domain/manifest/document";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { EvaluationRequest } from "@/lib/domain/policy/request";
import { command } from "../command";
import { db, type Tx } from "../db";
import { insertDraft } from "../manifest-draft";
import { manifestInForce } from "../manifest-in-force";
import { AgentId, ManifestId } from "./input";
import { toStore } from "./stored-document";

const From = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("template") }),
  z.strictObject({ kind: z.literal("version"), manifestId: ManifestId }),
  z.strictObject({ kind: z.literal("review"), reviewId: z.string().max(64) }),
]);
type From = z.infer<typeof From>;

/**
 * Starts a new version: from a template, as a copy of any version of this agent, or as the manifest in force widened
 * for one reviewed request. Only the agent's owner. Returns `{ manifestId, version }`.
 * Errors: "not-found"; "forbidden"; "conflict" where the agent is retired or there is nothing to start from.
 */
export const createDraft = command({
  permission: "manifest:draft",
  input: z.strictObject({ agentId: AgentId, from: From }),
  async run(tx, { ctx, input }) {
    const { agentId, from } = input;
    const agent = await tx.agent.findUnique({ where: { id: agentId } });
    if (agent === null) throw new AppError("not-found", "there is no such agent");
    if (agent.ownerId !== ctx.actor.id) {
      throw new AppError("forbidden", "only the agent's owner writes its manifests");
    }
    if (agent.status === "retired") throw new AppError("conflict", "the agent is retired");
    const document = await startingPoint(tx, agentId, from, ctx.now);
    const reviewId = from.kind === "review" ? from.reviewId : null;
    const draft = { agentId, authorId: ctx.actor.id, document: toStore(document), reviewId };
    const { manifestId, version } = await insertDraft(tx, { ...draft, now: ctx.now });
    return {
      value: { manifestId, version },
      events: [{ event: { kind: "manifest.drafted", agentId, manifestId, version, reviewId } }],
    };
  },
});

async function startingPoint(tx: Tx, agentId: string, from: From, now: Date): Promise<JsonObject> {
  switch (from.kind) {
    case "template":
      return templateManifest({ agentId, now });
    case "version":
      return copyOf(tx, agentId, from.manifestId);
    case "review":
      return amendedFor(tx, agentId, from.reviewId, now);
  }
}

async function copyOf(tx: Tx, agentId: string, manifestId: string): Promise<JsonObject> {
  const source = await tx.manifest.findUnique({ where: { id: manifestId } });
  if (source === null || source.agentId !== agentId) {
    throw new AppError("not-found", "this agent has no such manifest");
  }
  const { document } = source;
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new AppError("conflict", "this version can't be read");
  }
  return document;
}

const Decided = z.object({
  request: EvaluationRequest,
  miss: z
    .object({
      what: z.string(),
      asked: z.union([z.string(), z.number()]).optional(),
      allowed: z.union([z.string(), z.number()]).optional(),
    })
    .nullable(),
});

async function amendedFor(
  tx: Tx,
  agentId: string,
  reviewId: string,
  now: Date,
): Promise<JsonObject> {
  const review = await tx.review.findUnique({ where: { id: reviewId } });
  if (review === null || review.agentId !== agentId) {
    throw new AppError("not-found", "this agent has no such review");
  }
  const inForce = await manifestInForce(tx, agentId, now);
  if (inForce === null) throw new AppError("conflict", "no manifest is in force to be amended");
  // Immutable, so that it may be read beside the transaction, which has no ledger.
  const detail = await db.ledgerDetail.findUnique({ where: { seq: review.seq } });
  const decided = Decided.safeParse(detail?.detail);
  if (!decided.success) throw new AppError("conflict", "what was asked is not known any more");
  const { request, miss } = decided.data;
  const reason = asReason(review.reason);
  const amendment = amendFor(
    inForce.document,
    request,
    { reason, miss: miss && withoutUndefined(miss) },
    review.createdAt,
  );
  if (!amendment.ok) throw new AppError("conflict", amendment.why);
  return amendment.manifest;
}

type Scalar = string | number;
function withoutUndefined(miss: {
  what: string;
  asked?: Scalar | undefined;
  allowed?: Scalar | undefined;
}): { what: string; asked?: Scalar; allowed?: Scalar } {
  const { what, asked, allowed } = miss;
  return {
    what,
    ...(asked === undefined ? {} : { asked }),
    ...(allowed === undefined ? {} : { allowed }),
  };
}

/** An unknown code counts as a never-rule: nothing is amended around it. */
function asReason(value: string): ReasonCode {
  return Object.hasOwn(REASONS, value) ? (value as ReasonCode) : "never_rule";
}

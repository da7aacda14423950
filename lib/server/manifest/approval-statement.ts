import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import { type ApprovalStatement, digestOf, passwordSuffices } from "@/lib/domain/manifest/approval";
import { backtestDigest } from "@/lib/domain/manifest/backtest";
import { nextStage, obstacleTo } from "@/lib/domain/manifest/may";
import { checkManifest } from "@/lib/domain/manifest/static-check";
import type { Ctx } from "../context";
import type { Tx } from "../db";
import { env } from "../env";
import { refuse } from "../refuse";
import { isFresh, readResult } from "./backtest-row";
import { loadManifest } from "./load";
import { readStored } from "./stored-document";

export const APPROVE = "manifest.approve";
/** A statement is signed while its challenge lives. */
const STATEMENT_LIFE_MS = 5 * 60_000;

type Reader = Pick<Tx, "manifest" | "sponsorship" | "certificate" | "backtest">;
type Wanted = {
  readonly manifestId: string;
  readonly backtestId: string;
  readonly attestation: string;
  /** when it was, or is, put before the approver */
  readonly at: Date;
};

/**
 * Everything that an approval by this person says, from the database alone: nothing of it is taken from the browser but
 * the words. Throws AppError("forbidden" | "competence" | "conflict" | "stale") where they may not sign it like this.
 */
export async function statementFor(reader: Reader, ctx: Ctx, wanted: Wanted) {
  const loaded = await loadManifest(reader, ctx, wanted.manifestId);
  const { manifest, agent, facts, former } = loaded;
  refuse(obstacleTo("approve", facts));
  const age = ctx.now.getTime() - wanted.at.getTime();
  if (age < 0 || age > STATEMENT_LIFE_MS) {
    throw new AppError("stale", "this approval was begun too long ago: begin it again");
  }
  // INVARIANT: what is approved is what was submitted, whatever became of the row.
  if (manifest.digest === null || digestOf(manifest.document) !== manifest.digest) {
    throw new AppError("conflict", "the document is not the one that was submitted");
  }
  refuseUnsound(manifest.document, agent, ctx);
  const latest = await reader.backtest.findFirst({
    where: { manifestId: manifest.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const result = readResult(latest?.result);
  if (latest?.id !== wanted.backtestId || result === null) {
    throw new AppError("stale", "the backtest was run again since: look at the latest one");
  }
  const current = { digest: manifest.digest, formerId: former?.id ?? null, now: ctx.now };
  if (!isFresh({ result, createdAt: latest.createdAt }, current)) {
    throw new AppError("stale", "the backtest is too old: run it again");
  }
  if (backtestDigest(result) !== latest.digest) {
    throw new AppError("conflict", "the backtest is not the one that was kept");
  }
  const tier = asTier(agent.tier);
  const statement: ApprovalStatement = {
    type: "countersign.manifest-approval.v1",
    manifestId: manifest.id,
    agentId: agent.id,
    version: manifest.version,
    manifestDigest: manifest.digest,
    previousManifestDigest: former?.digest ?? null,
    backtestId: latest.id,
    backtestDigest: latest.digest,
    attestation: wanted.attestation,
    sponsorId: ctx.actor.id,
    stage: nextStage(tier, facts.manifest.approverIds.length),
    at: wanted.at.toISOString(),
  };
  const passwordAllowed = passwordSuffices(tier) || env().COUNTERSIGN_DEMO === "1";
  return { ...loaded, statement, passwordAllowed };
}

/** It may have waited for long: what is over by now, or unsound at the tier that the agent has now, comes into no force. */
function refuseUnsound(
  stored: unknown,
  agent: { readonly id: string; readonly tier: string },
  ctx: Ctx,
): void {
  const { manifest } = readStored(stored, agent.id);
  if (manifest === null) throw new AppError("conflict", "the document can't be read");
  const error = checkManifest(manifest, { now: ctx.now, tier: asTier(agent.tier) }).find(
    ({ severity }) => severity === "error",
  );
  if (error === undefined) return;
  throw new AppError("conflict", `it can't come into force like this: ${error.message} Return it.`);
}

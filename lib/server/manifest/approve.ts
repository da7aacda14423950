import { z } from "zod";
import type { Json } from "@/lib/domain/crypto/canonical-json";
import { StepUpProof, type StepUpResult } from "@/lib/domain/identity/step-up";
import type { LedgerEvent } from "@/lib/domain/ledger/event";
import { Attestation, type Stage, statementDigest } from "@/lib/domain/manifest/approval";
import { preparedCommand } from "../command";
import type { Tx } from "../db";
import { newId } from "../ids";
import { issueTokens } from "../manifest-token";
import { notify } from "../notify";
import { peopleBehind } from "../standing";
import { proveStepUp, verifyStepUp } from "../step-up";
import { APPROVE, statementFor } from "./approval-statement";
import { BacktestId, ManifestId } from "./input";

type Approved = {
  readonly state: "submitted" | "approved";
  readonly stage: Stage;
  /** ledger position of the signature */
  readonly seq: string;
};

type Statement = Awaited<ReturnType<typeof statementFor>>;

/**
 * Signs a submitted manifest. The last signature that its tier asks for puts it in force: the former version is
 * superseded and the tokens are signed, in the same transaction. `at` is the prepared statement's, so that the
 * statement made here again has the digest that the passkey signed.
 *
 * Returns `{ state, stage, seq }`. Errors: "forbidden" (not theirs to approve, or not proven); "competence";
 * "stale" (begun too long ago, or the backtest is not the latest); "conflict" (somebody was first, or it was overtaken).
 */
export const approveManifest = preparedCommand({
  permission: "manifest:approve",
  input: z.strictObject({
    manifestId: ManifestId,
    backtestId: BacktestId,
    attestation: Attestation,
    at: z.iso.datetime(),
    proof: StepUpProof,
  }),
  prepare: ({ ctx, input }) => proveStepUp(ctx, input.proof),
  async run(tx, { ctx, input, seq, prepared: proof }) {
    const { manifestId, backtestId, attestation } = input;
    const wanted = { manifestId, backtestId, attestation, at: new Date(input.at) };
    const signed = await statementFor(tx, ctx, wanted);
    const { statement } = signed;
    const digest = statementDigest(statement);
    const step = await verifyStepUp(tx, ctx, {
      purpose: APPROVE,
      subject: manifestId,
      digest,
      proof,
      allowPassword: signed.passwordAllowed,
    });
    await tx.approval.create({
      data: {
        id: newId("apr"),
        manifestId,
        personId: ctx.actor.id,
        assurance: step.assurance,
        digest,
        statement,
        ...(step.assurance === "passkey" ? { assertion: step.assertion } : {}),
        backtestId,
        at: ctx.now,
        seq,
      },
    });
    const final = statement.stage === "final";
    const approved = final ? [await putInForce(tx, signed, { digest, step, now: ctx.now })] : [];
    if (final) await announce(tx, signed, ctx.actor.id, ctx.now);
    else await askForSecond(tx, signed, ctx.actor.id, ctx.now);
    const value: Approved = {
      state: final ? "approved" : "submitted",
      stage: statement.stage,
      seq: seq.toString(),
    };
    return {
      value,
      events: [
        {
          event: signatureEvent(statement, digest, step),
          detail: signatureDetail(statement, step),
        },
        ...approved.map((event) => ({ event })),
      ],
    };
  },
});

async function announce(
  tx: Tx,
  { agent, statement }: Statement,
  actorId: string,
  now: Date,
): Promise<void> {
  await notify(tx, {
    personIds: (await peopleBehind(tx, agent)).filter((id) => id !== actorId),
    kind: "manifest.approved",
    title: `${agent.name}: version ${statement.version} of its manifest is in force`,
    href: `/manifests/${statement.manifestId}`,
    now,
  });
}

function signatureEvent(
  statement: Statement["statement"],
  digest: string,
  step: StepUpResult,
): LedgerEvent {
  return {
    kind: "manifest.approval-signed",
    agentId: statement.agentId,
    manifestId: statement.manifestId,
    sponsorId: statement.sponsorId,
    digest: statement.manifestDigest,
    statementDigest: digest,
    backtestDigest: statement.backtestDigest,
    assurance: step.assurance,
    stage: statement.stage,
  };
}

/** With the assertion, a third party can check that this person's key signed this very statement. */
function signatureDetail(statement: Statement["statement"], step: StepUpResult): Json {
  return { statement, assertion: step.assurance === "passkey" ? step.assertion : null };
}

async function putInForce(
  tx: Tx,
  { statement, former, manifest }: Statement,
  { digest, step, now }: { digest: string; step: StepUpResult; now: Date },
): Promise<LedgerEvent> {
  if (former !== null) {
    await tx.manifest.update({
      where: { id: former.id },
      data: { state: "superseded", endedAt: now, updatedAt: now },
    });
  }
  await tx.manifest.update({
    where: { id: manifest.id },
    data: { state: "approved", approvedAt: now, updatedAt: now },
  });
  const tokens = await issueTokens(tx, { manifestId: manifest.id, jkts: null, now });
  return {
    kind: "manifest.approved",
    agentId: statement.agentId,
    manifestId: statement.manifestId,
    sponsorId: statement.sponsorId,
    version: statement.version,
    digest: statement.manifestDigest,
    statementDigest: digest,
    backtestDigest: statement.backtestDigest,
    assurance: step.assurance,
    supersedes: former?.id ?? null,
    tokenHashes: tokens.map((token) => token.hash),
  };
}

/** The agent's other office-holder; where there is none, every sponsor, since any with the training may sign. */
async function askForSecond(
  tx: Tx,
  { agent, statement }: Statement,
  actorId: string,
  now: Date,
): Promise<void> {
  const eligible = (id: string): boolean => id !== actorId && id !== agent.ownerId;
  const near = (await peopleBehind(tx, agent)).filter(eligible);
  const sponsors =
    near.length > 0
      ? []
      : await tx.person.findMany({
          where: { active: true, roles: { some: { role: "sponsor" } } },
          select: { id: true },
        });
  await notify(tx, {
    personIds: [...near, ...sponsors.map(({ id }) => id).filter(eligible)],
    kind: "manifest.second-approval",
    title: `${agent.name}: version ${statement.version} of its manifest needs a second signature`,
    href: `/manifests/${statement.manifestId}`,
    now,
  });
}

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import {
  type ApprovalStatement,
  Attestation,
  statementDigest,
} from "@/lib/domain/manifest/approval";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { parseInput } from "../input";
import { beginStepUp } from "../step-up";
import { APPROVE, statementFor } from "./approval-statement";
import { BacktestId, ManifestId } from "./input";

const Input = z.strictObject({
  manifestId: ManifestId,
  backtestId: BacktestId,
  attestation: Attestation,
});

export type PreparedApproval = {
  /** what will be signed; send `statement.at` back with the proof */
  readonly statement: ApprovalStatement;
  readonly digest: string;
  readonly stage: ApprovalStatement["stage"];
  readonly passwordAllowed: boolean;
  /** null where the person has no passkey and a password will do */
  readonly passkeyOptions: PublicKeyCredentialRequestOptionsJSON | null;
};

async function prepare(ctx: Ctx, raw: unknown): Promise<PreparedApproval> {
  authorise(ctx, "manifest:approve");
  const input = parseInput(Input, raw);
  const { statement, passwordAllowed } = await statementFor(db, ctx, { ...input, at: ctx.now });
  const digest = statementDigest(statement);
  const passkeyOptions = await beginStepUp(ctx, {
    purpose: APPROVE,
    subject: input.manifestId,
    digest,
  }).catch((error: unknown) => {
    if (passwordAllowed && error instanceof AppError && error.code === "conflict") return null;
    throw error;
  });
  return { statement, digest, stage: statement.stage, passwordAllowed, passkeyOptions };
}

/**
 * Begins an approval: makes the statement, and the passkey challenge that is its digest. Nothing is approved yet; what
 * was prepared lives five minutes. Errors as for `approveManifest`; "conflict" where a passkey is needed and there is none.
 */
export const prepareApproval = Object.assign(prepare, { permission: "manifest:approve" } as const);

import { z } from "zod";
import { compareTier, type Tier } from "@/lib/domain/agent/tier";
import { canonicalJson, type Json } from "@/lib/domain/crypto/canonical-json";
import { base64url, sha256 } from "@/lib/domain/crypto/sha256";

const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** `first` where a second approver is still to sign, else `final`. */
export const Stage = z.enum(["first", "final"]);
export type Stage = z.infer<typeof Stage>;

/** The words in which the approver takes it on themselves. */
export const Attestation = z
  .string()
  .trim()
  .min(20, "at least 20 characters: say that you read it and answer for it")
  .max(2000)
  .refine(
    (text) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text.replaceAll("\n", " ")),
    "contains control characters",
  );

/**
 * What an approver signs: which document, seen beside which version and which backtest, in which words, by whom and
 * when. Ids only, no names, so that the digest can stand in the ledger for ever.
 */
export const ApprovalStatement = z.strictObject({
  type: z.literal("countersign.manifest-approval.v1"),
  manifestId: z.string(),
  agentId: z.string(),
  version: z.number().int().positive(),
  /** SHA-256 of JCS(document), base64url */
  manifestDigest: digest,
  /** the version in force that the difference was shown against; null for a first version */
  previousManifestDigest: digest.nullable(),
  backtestId: z.string(),
  backtestDigest: digest,
  attestation: Attestation,
  sponsorId: z.string(),
  stage: Stage,
  at: z.iso.datetime(),
});
export type ApprovalStatement = z.infer<typeof ApprovalStatement>;

/**
 * base64url SHA-256 of JCS (RFC 8785) of the statement. It is the challenge of the WebAuthn assertion, so that the
 * passkey signs exactly this statement.
 */
export function statementDigest(statement: ApprovalStatement): string {
  return digestOf(statement);
}

/** base64url SHA-256 of JCS (RFC 8785) of a JSON value: the identity of a manifest's document or of a backtest. */
export function digestOf(value: Json): string {
  return base64url(sha256(canonicalJson(value)));
}

/** How many people must sign: two for a critical agent (four eyes), else one. Firm policy. */
export function approvalsNeeded(tier: Tier): 1 | 2 {
  return tier === "critical" ? 2 : 1;
}

/** May a password stand in for a passkey at this tier? (The demo allows it everywhere.) Firm policy. */
export function passwordSuffices(tier: Tier): boolean {
  return compareTier(tier, "moderate") <= 0;
}

/** The words that the page proposes; `widenings` counts the unclear changes too. */
export function attestationText(facts: {
  readonly agentName: string;
  readonly version: number;
  readonly previousVersion: number | null;
  readonly widenings: number;
}): string {
  const seen =
    facts.previousVersion === null
      ? "no version is in force, so that everything in it is new authority"
      : `its difference from version ${facts.previousVersion}, which widens the agent's authority in ${places(facts.widenings)}`;
  const read = facts.previousVersion === null ? `; ${seen}` : `, ${seen}`;
  return `I have read version ${facts.version} of the intent manifest of ${facts.agentName}${read}, and what the requests of the last 30 days would have got under it. What it allows is what this agent is for, and I answer for what the agent does within it.`;
}

function places(count: number): string {
  if (count === 0) return "no place";
  return count === 1 ? "one place" : `${count} places`;
}

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  ApprovalStatement,
  Attestation,
  approvalsNeeded,
  attestationText,
  passwordSuffices,
  statementDigest,
} from "./approval";

const digest = "A".repeat(43);
const statement: ApprovalStatement = {
  type: "countersign.manifest-approval.v1",
  manifestId: "mft_a",
  agentId: "agt_sample00001",
  version: 3,
  manifestDigest: digest,
  previousManifestDigest: null,
  backtestId: "bkt_a",
  backtestDigest: digest,
  attestation: "I have read it and I answer for it.",
  sponsorId: "per_a",
  stage: "final",
  at: "2026-03-01T10:00:00.000Z",
};

describe("the statement that an approver signs", () => {
  it("has the SHA-256 of its canonical JSON as its digest, whatever the order of its members", () => {
    const sorted = JSON.stringify(
      Object.fromEntries(Object.entries(statement).sort(([a], [b]) => (a < b ? -1 : 1))),
    );
    const expected = createHash("sha256").update(sorted).digest("base64url");
    expect(statementDigest(statement)).toBe(expected);
    const reversed = Object.fromEntries(Object.entries(statement).reverse());
    expect(statementDigest(ApprovalStatement.parse(reversed))).toBe(expected);
  });

  it("changes its digest with any member", () => {
    const digests = new Set([
      statementDigest(statement),
      ...(
        [
          { manifestDigest: "B".repeat(43) },
          { backtestDigest: "B".repeat(43) },
          { previousManifestDigest: digest },
          { attestation: `${statement.attestation}!` },
          { sponsorId: "per_b" },
          { stage: "first" },
          { at: "2026-03-01T10:00:00.001Z" },
          { version: 4 },
        ] as const
      ).map((change) => statementDigest({ ...statement, ...change })),
    ]);
    expect(digests.size).toBe(9);
  });

  it("refuses more or less than it says", () => {
    expect(ApprovalStatement.safeParse({ ...statement, more: 1 }).success).toBe(false);
    const { backtestDigest: _, ...less } = statement;
    expect(ApprovalStatement.safeParse(less).success).toBe(false);
  });
});

describe("the rules of approval", () => {
  it("ask for two people at tier critical only, and for a passkey above moderate", () => {
    const tiers = ["low", "moderate", "high", "critical"] as const;
    expect(tiers.map(approvalsNeeded)).toEqual([1, 1, 1, 2]);
    expect(tiers.map(passwordSuffices)).toEqual([true, true, false, false]);
  });

  it("propose words that are an attestation, and say how much is widened", () => {
    const facts = { agentName: "Trade recon", version: 3, previousVersion: 2 };
    const words = attestationText({ ...facts, widenings: 4 });
    expect(words).toContain("from version 2, which widens the agent's authority in 4 places");
    expect(Attestation.parse(words)).toBe(words);
    expect(attestationText({ ...facts, widenings: 0 })).toContain("in no place");
    expect(attestationText({ ...facts, previousVersion: null, widenings: 4 })).toContain(
      "no version is in force",
    );
  });

  it.each(["", "yes", " ".repeat(40), `I answer for it \u0000 and more`])(
    "take %j for no attestation",
    (words) => {
      expect(Attestation.safeParse(words).success).toBe(false);
    },
  );
});

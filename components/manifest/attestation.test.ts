import { describe, expect, test } from "vitest";
import { attestationText } from "@/lib/domain/manifest/approval";
import { attested, sentencesOf } from "./attestation";

const text = attestationText({
  agentName: "Dr. Ledger v2. Alpha",
  version: 3,
  previousVersion: 2,
  widenings: 2,
});

describe("the attestation", () => {
  test("its sentences together are the text itself, so that what was ticked is what is signed", () => {
    expect(sentencesOf(text).length).toBeGreaterThan(1);
    expect(sentencesOf(text).join(" ")).toBe(text);
  });
  test("own words stand after it, marked as such", () => {
    expect(attested(text, "  I checked the limit.  ")).toBe(
      `${text}\nIn my own words: I checked the limit.`,
    );
    expect(attested(text, "   ")).toBe(text);
  });
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hex } from "@/lib/domain/crypto/sha256";
import type { EntryBody } from "./event";
import { canonicalBody, commitment, leafHash } from "./leaf";

const body: EntryBody = {
  v: 1,
  kind: "agent.retired",
  agentId: "agt_abcd1234",
  at: "2026-01-02T03:04:05.006Z",
  personId: "prs_abcd1234",
  commitment: null,
};

describe("leaf", () => {
  it("is the RFC 9162 leaf over the canonical body, byte for byte", () => {
    const text =
      '{"agentId":"agt_abcd1234","at":"2026-01-02T03:04:05.006Z","commitment":null,"kind":"agent.retired","personId":"prs_abcd1234","v":1}';
    expect(canonicalBody(body)).toBe(text);
    expect(hex(leafHash(text))).toBe(createHash("sha256").update("\0").update(text).digest("hex"));
  });

  it("hashes the empty leaf as RFC 6962's reference tree does", () => {
    expect(hex(leafHash(""))).toBe(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    );
  });
});

describe("commitment", () => {
  const salt = new Uint8Array(16).fill(7);

  it("binds salt and detail, not the order of its members", () => {
    const committed = commitment(salt, { a: "one", b: "two" });
    expect(committed).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(committed).toBe(
      createHash("sha256").update(salt).update('{"a":"one","b":"two"}').digest("base64url"),
    );
    expect(commitment(salt, { b: "two", a: "one" })).toBe(committed);
    expect(commitment(salt, { a: "one", b: "two " })).not.toBe(committed);
    expect(commitment(new Uint8Array(16).fill(8), { a: "one", b: "two" })).not.toBe(committed);
  });

  it("refuses a salt that could be guessed", () => {
    expect(() => commitment(new Uint8Array(15), {})).toThrow("16 bytes");
  });
});

import { describe, expect, it } from "vitest";
import { ResourcePattern } from "@/lib/domain/manifest/manifest";
import { EvaluationRequest, ResourceId } from "./request";

const request = {
  subject: { type: "agent", id: "agt_00000000000000000000" },
  action: { name: "read" },
  resource: { type: "invoice", id: "uk/2026/17" },
  context: { cluster: "read-documents", purpose: "", reasoning: "", dataClass: "internal" },
};

describe("a resource's id", () => {
  it.each(["inv-1", "uk/2026/17", "münchen", "a b", "ключ", "発票/１", "host:443"])(
    "may be %s",
    (id) => {
      expect(ResourceId.safeParse(id).success).toBe(true);
    },
  );

  it.each([
    ["empty", ""],
    ["a parent", "uk/../payroll"],
    ["a dot", "./x"],
    ["an empty segment", "uk//x"],
    ["a slash at the end", "uk/"],
    ["percent-encoding", "uk%2e%2e/x"],
    ["a backslash", "uk\\x"],
    ["a NUL", "uk\u0000"],
    ["a line break", "uk\nx"],
    ["a right-to-left mark", "uk\u202ex"],
    ["a zero-width space", "uk\u200bx"],
    ["a soft hyphen", "uk\u00adx"],
    ["a decomposed letter", "mu\u0308nchen"],
    ["half a surrogate pair", "uk\ud800"],
    ["a variation selector", "uk\ufe0f"],
    ["a grapheme joiner", "uk\u034fx"],
    ["a Hangul filler", "uk\u3164"],
    ["a Mongolian separator", "uk\u180ex"],
    ["a line separator", "uk\u2028x"],
    ["more than 512 characters", "a".repeat(513)],
  ])("is not %s", (_, id) => {
    expect(ResourceId.safeParse(id).success).toBe(false);
    expect(
      EvaluationRequest.safeParse({ ...request, resource: { type: "invoice", id } }).success,
    ).toBe(false);
  });

  it("is refused in a manifest's pattern where it can't be seen, too", () => {
    expect(ResourcePattern.safeParse("invoice:uk/*").success).toBe(true);
    for (const unseen of ["\ufe0f", "\u034f", "\u3164", "\u200b", "\u202e"]) {
      expect(ResourcePattern.safeParse(`invoice:uk${unseen}`).success, unseen).toBe(false);
    }
  });
});

it("a request with a member that nobody knows, at any depth, is refused", () => {
  expect(EvaluationRequest.safeParse(request).success).toBe(true);
  const bad = [
    { ...request, extra: 1 },
    { ...request, subject: { ...request.subject, role: "admin" } },
    { ...request, context: { ...request.context, approved: true } },
    { ...request, resource: { ...request.resource, properties: { __proto__x: { a: 1 } } } },
  ];
  for (const one of bad) expect(EvaluationRequest.safeParse(one).success).toBe(false);
});

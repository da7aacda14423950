import { describe, expect, it } from "vitest";
import { canMove, isEditable, isManifestState, MANIFEST_STATES } from "./lifecycle";

describe("the states of a manifest", () => {
  it("allows exactly the stated moves", () => {
    const moves = MANIFEST_STATES.flatMap((from) =>
      MANIFEST_STATES.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(moves).toEqual([
      "draft → submitted",
      "submitted → draft",
      "submitted → approved",
      "submitted → returned",
      "approved → superseded",
      "approved → revoked",
      "returned → draft",
      "returned → submitted",
    ]);
  });

  it("lets nobody edit what was submitted or signed", () => {
    expect(MANIFEST_STATES.filter(isEditable)).toEqual(["draft", "returned"]);
  });

  it("knows no other state", () => {
    expect(isManifestState("approved")).toBe(true);
    expect(isManifestState("Approved")).toBe(false);
  });
});

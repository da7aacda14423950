import { describe, expect, it } from "vitest";
import { ROLES } from "@/lib/domain/access/permissions";
import { MANIFEST_STATES } from "./lifecycle";
import { MANIFEST_ACTS, type ManifestAct, type ManifestFacts, nextStage, obstacleTo } from "./may";

const OWNER = "per_owner";
const SPONSOR = "per_sponsor";

/** Everything is as it should be for `act`; `change` spoils it. */
function facts(
  act: ManifestAct,
  change: Partial<Omit<ManifestFacts, "manifest" | "agent">> & {
    manifest?: Partial<ManifestFacts["manifest"]>;
    agent?: Partial<ManifestFacts["agent"]>;
  } = {},
): ManifestFacts {
  const owners = act === "edit" || act === "submit" || act === "withdraw";
  const state = {
    edit: "draft",
    submit: "draft",
    withdraw: "submitted",
    return: "submitted",
    approve: "submitted",
    revoke: "approved",
  } as const;
  const { manifest, agent, ...rest } = change;
  return {
    actor: { id: owners ? OWNER : SPONSOR, roles: [owners ? "owner" : "sponsor"] },
    competent: true,
    office: owners ? null : "sponsor",
    actingSponsorId: SPONSOR,
    approvedVersion: act === "revoke" ? 2 : 1,
    waitingVersion: null,
    ...rest,
    manifest: { state: state[act], version: 2, authorId: OWNER, approverIds: [], ...manifest },
    agent: { ownerId: OWNER, tier: "high", status: "production", ...agent },
  };
}

describe("who may do what with a manifest", () => {
  it.each(MANIFEST_ACTS)("%s: possible when everything is as it should be", (act) => {
    expect(obstacleTo(act, facts(act))).toBeNull();
  });

  it.each(MANIFEST_ACTS)("%s: not without a role, and in no other state", (act) => {
    expect(obstacleTo(act, facts(act, { actor: { id: SPONSOR, roles: [] } }))).toMatchObject({
      kind: "standing",
    });
    const states = MANIFEST_STATES.filter(
      (state) => obstacleTo(act, facts(act, { manifest: { state } })) === null,
    );
    expect(states).toEqual(
      {
        edit: ["draft", "returned"],
        submit: ["draft", "returned"],
        withdraw: ["submitted"],
        return: ["submitted"],
        approve: ["submitted"],
        revoke: ["approved"],
      }[act],
    );
  });

  it.each<[ManifestAct, string, Parameters<typeof facts>[1], string]>([
    ["edit", "another owner", { actor: { id: "per_other", roles: ["owner"] } }, "standing"],
    ["edit", "a signed one", { manifest: { approverIds: [SPONSOR], state: "returned" } }, "facts"],
    ["edit", "of a retired agent", { agent: { status: "retired" } }, "facts"],
    ["submit", "while another waits", { waitingVersion: 3 }, "facts"],
    ["submit", "one that was overtaken", { approvedVersion: 3 }, "facts"],
    ["withdraw", "a signed one", { manifest: { approverIds: [SPONSOR] } }, "facts"],
    [
      "return",
      "a stranger",
      { actor: { id: "per_other", roles: ["sponsor"] }, office: null },
      "standing",
    ],
    [
      "approve",
      "the owner",
      { actor: { id: OWNER, roles: ["owner", "sponsor"] }, actingSponsorId: OWNER },
      "standing",
    ],
    ["approve", "the author", { manifest: { authorId: SPONSOR } }, "standing"],
    ["approve", "not the acting sponsor", { actingSponsorId: "per_deputy" }, "standing"],
    ["approve", "nobody acts", { actingSponsorId: null }, "standing"],
    [
      "approve",
      "twice",
      { agent: { tier: "critical" }, manifest: { approverIds: [SPONSOR] } },
      "standing",
    ],
    ["approve", "without training", { competent: false }, "competence"],
    ["approve", "one that was overtaken", { approvedVersion: 2 }, "facts"],
    ["approve", "of a retired agent", { agent: { status: "retired" } }, "facts"],
    [
      "revoke",
      "a stranger",
      { actor: { id: "per_other", roles: ["sponsor"] }, office: null },
      "standing",
    ],
  ])("%s: not %s", (act, _, change, kind) => {
    expect(obstacleTo(act, facts(act, change))).toMatchObject({ kind });
  });

  it("takes any trained sponsor as the second eye, but not the owner", () => {
    const second = {
      manifest: { approverIds: [SPONSOR] },
      agent: { tier: "critical" as const },
      office: null,
    };
    const other = { id: "per_other", roles: ["sponsor"] as const };
    expect(obstacleTo("approve", facts("approve", { ...second, actor: other }))).toBeNull();
    expect(obstacleTo("return", facts("return", { ...second, actor: other }))).toBeNull();
    expect(
      obstacleTo("approve", facts("approve", { ...second, actor: other, competent: false })),
    ).toMatchObject({ kind: "competence" });
    expect(
      obstacleTo("approve", facts("approve", { ...second, actor: { id: OWNER, roles: ROLES } })),
    ).toMatchObject({ kind: "standing" });
  });

  it("never takes the right to end a manifest from the untrained or the deputy, nor from compliance", () => {
    expect(
      obstacleTo("revoke", facts("revoke", { competent: false, office: "deputy" })),
    ).toBeNull();
    const compliance = { id: "per_c", roles: ["compliance"] as const };
    expect(obstacleTo("revoke", facts("revoke", { actor: compliance, office: null }))).toBeNull();
  });

  it("asks for a second signature at tier critical only", () => {
    expect([nextStage("high", 0), nextStage("critical", 0), nextStage("critical", 1)]).toEqual([
      "final",
      "first",
      "final",
    ]);
  });
});

describe("when the agent changed hands", () => {
  const handedOver = { authorId: "per_former" };

  it.each(["edit", "submit"] as const)("%s: not of the former owner's version", (act) => {
    expect(obstacleTo(act, facts(act, { manifest: handedOver }))).toMatchObject({ kind: "facts" });
  });

  it("withdraw: the new owner takes the former one's version back", () => {
    expect(obstacleTo("withdraw", facts("withdraw", { manifest: handedOver }))).toBeNull();
  });

  it("approve: the former owner, a sponsor by now, never approves what they wrote", () => {
    expect(
      obstacleTo("approve", facts("approve", { manifest: { authorId: SPONSOR } })),
    ).toMatchObject({ kind: "standing" });
  });

  it("approve: a first signature of who owns the agent by now does not count", () => {
    const first = { manifest: { approverIds: [OWNER] }, agent: { tier: "critical" } } as const;
    expect(obstacleTo("approve", facts("approve", first))).toMatchObject({ kind: "facts" });
  });
});

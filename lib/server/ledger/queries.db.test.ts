import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { checkProof } from "@/lib/domain/ledger/check-proof";
import { LedgerEvent } from "@/lib/domain/ledger/event";
import { formatVerifierKey, noteVerifier } from "@/lib/domain/ledger/note";
import { command } from "@/lib/server/command";
import { db } from "@/lib/server/db";
import { ctxOf, makePerson } from "@/testing/factories";
import { makeCheckpoint } from "./checkpoint";
import { LedgerFilter } from "./filter";
import {
  getEntry,
  latestCheckpoint,
  ledgerFilterOptions,
  listEntries,
  publishedCheckpoint,
} from "./queries";

const owner = new pg.Client({ connectionString: process.env["TEST_OWNER_URL"] });
await owner.connect();
afterAll(() => owner.end());

const recordEvent = command({
  permission: "self:manage",
  input: z.strictObject({ event: LedgerEvent, words: z.string().nullable() }),
  async run(_tx, { input: { event, words }, seq }) {
    return {
      value: Number(seq),
      events: [words === null ? { event } : { event, detail: { reason: words } }],
    };
  },
});

const decision = (outcome: "allow" | "block", reason: string, sponsorId: string): LedgerEvent => ({
  kind: "decision",
  agentId: "agt_someagent1",
  sponsorId,
  manifestId: "mfs_manifest01",
  manifestVersion: 1,
  outcome,
  reason,
  cluster: "pay",
  rule: 0,
  action: "post",
  resourceType: "ledger-entry",
  dataClass: "internal",
  records: null,
  spend: null,
  riskScore: 3,
  containment: null,
  reviewId: null,
  grantId: null,
  simulated: true,
});

const at = (iso: string) => new Date(iso);
let sponsorId = "";
let adminId = "";
const auditor = ctxOf({ id: "per_auditor01" }, ["auditor"]);
/** reads the ledger, but not its details */
const administrator = ctxOf({ id: "per_adminonly" }, ["admin"]);

beforeAll(async () => {
  sponsorId = (await makePerson(["sponsor"], "Ingrid Sørensen")).id;
  adminId = (await makePerson(["admin"], "Adaeze Obi")).id;
  const as = (id: string, iso: string) => ctxOf({ id }, ["admin", "sponsor"], at(iso));
  await recordEvent(as(adminId, "2026-03-28T23:30:00Z"), {
    event: { kind: "person.added", subjectId: sponsorId, roles: ["sponsor"] },
    words: null,
  });
  await recordEvent(as(adminId, "2026-03-29T00:30:00Z"), {
    event: decision("allow", "within_manifest", sponsorId),
    words: "pays “the” invoice \\ 100% now",
  });
  await recordEvent(as(adminId, "2026-03-29T23:30:00Z"), {
    event: decision("block", "no_rule", sponsorId),
    words: "tries payroll_run",
  });
  await makeCheckpoint(at("2026-03-30T00:00:00Z"));
  await recordEvent(as(sponsorId, "2026-03-30T12:00:00Z"), {
    event: { kind: "agent.retired", agentId: "agt_someagent1" },
    words: "no longer needed",
  });
});

async function seqs(
  ctx: typeof auditor,
  filter: Record<string, unknown>,
): Promise<readonly number[]> {
  const page = await listEntries(ctx, LedgerFilter.parse(filter));
  expect(page.total).toBe(page.rows.length);
  return page.rows.map(({ seq }) => seq);
}

it("lists the newest first, with names and words for each", async () => {
  const page = await listEntries(auditor, LedgerFilter.parse({}));
  expect(page).toMatchObject({ total: 4, page: 1 });
  expect(page.rows.map(({ seq }) => seq)).toEqual([3, 2, 1, 0]);
  expect(page.rows[3]).toMatchObject({
    kind: "person.added",
    person: { id: adminId, name: "Adaeze Obi" },
    summary: "Ingrid Sørensen: sponsor",
    agent: null,
  });
  expect(page.rows[1]).toMatchObject({
    outcome: "block",
    reason: "no_rule",
    simulated: true,
    person: { name: "Ingrid Sørensen" },
    agent: { id: "agt_someagent1", name: "agt_someagent1" },
    summary: "post ledger-entry, cluster pay",
  });
});

it.each([
  [{ oldestFirst: true }, [0, 1, 2, 3]],
  [{ kind: "decision" }, [2, 1]],
  [{ kind: "acts" }, [3, 0]],
  [{ kind: "agent.retired" }, [3]],
  [{ agentId: "agt_someagent1" }, [3, 2, 1]],
  [{ outcome: "block" }, [2]],
  [{ reason: "within_manifest" }, [1]],
  [{ from: "2026-03-29", to: "2026-03-29", timeZone: "UTC" }, [2, 1]],
  // The day on which British clocks go forward.
  [{ from: "2026-03-29", to: "2026-03-29", timeZone: "Europe/London" }, [1]],
  [{ from: "2026-03-30", timeZone: "Europe/London" }, [3, 2]],
  [{ to: "2026-03-28", timeZone: "Asia/Tokyo" }, []],
  [{ kind: "decision", outcome: "allow", q: "ingrid" }, [1]],
  [{ q: "2", kind: "decision", reason: "no_rule" }, [2]],
  [{ q: "nothing has this" }, []],
])("filters by %o", async (filter, expected) => {
  expect(await seqs(auditor, filter)).toEqual(expected);
});

it("filters by the person who acted or is accountable", async () => {
  expect(await seqs(auditor, { personId: sponsorId })).toEqual([3, 2, 1]);
});

it.each([
  ["pays “THE” invoice", [1]],
  ["invoice \\ 100% n", [1]],
  ["payroll_run", [2]],
  ["payroll%run", []],
  ["payroll-run", []],
  ["x' OR TRUE --", []],
])(
  "searches words for %j as they stand, and only for those who may read them",
  async (q, expected) => {
    expect(await seqs(auditor, { q })).toEqual(expected);
    expect(await seqs(administrator, { q })).toEqual([]);
  },
);

it("takes nonsense in the address as not asked", async () => {
  const nonsense = {
    page: "x",
    kind: "nope",
    outcome: 7,
    from: "tomorrow",
    to: "2026-02-31",
    q: "a\0b",
    timeZone: "Mars",
  };
  expect(await seqs(auditor, nonsense)).toEqual([3, 2, 1, 0]);
  expect((await listEntries(auditor, LedgerFilter.parse({ page: "9" }))).rows).toEqual([]);
});

it("gives an entry with all that a reader needs to check it alone", async () => {
  const entry = await getEntry(auditor, 1);
  const { proof, detail, canonical, leafHash } = entry;
  if (proof === null || detail.state !== "present") throw new Error("no proof or no detail");
  expect([entry.previous, entry.next, proof.size]).toEqual([0, 2, 3]);
  const given = { seq: 1, canonical, leafHash, proof, detail };
  const sound = { leaf: true, signature: true, inclusion: true, detail: true };
  expect(checkProof(given)).toEqual(sound);

  const otherKey = (await import("@/lib/server/keys")).tokenKey().raw;
  const verifierKey = formatVerifierKey(noteVerifier("countersign.example/ledger", otherKey));
  const forged = canonical.replace('"allow"', '"block"');
  const cases: readonly (readonly [Partial<typeof given>, Partial<typeof sound>])[] = [
    [{ seq: 2 }, { inclusion: false }],
    [{ canonical: forged }, { leaf: false, inclusion: false }],
    [{ leafHash: "AAAA" }, { leaf: false }],
    [{ leafHash: "not base64" }, { leaf: false }],
    [{ detail: { ...detail, detail: { reason: "another" } } }, { detail: false }],
    [{ detail: { ...detail, salt: "AA" } }, { detail: false }],
    [
      { proof: { ...proof, note: proof.note.replace("3\n", "4\n") } },
      { signature: false, inclusion: false },
    ],
    [{ proof: { ...proof, verifierKey } }, { signature: false, inclusion: false }],
    [{ proof: { ...proof, hashes: proof.hashes.slice(1) } }, { inclusion: false }],
    [{ proof: { ...proof, hashes: ["?", "?"] } }, { inclusion: false }],
  ];
  for (const [change, result] of cases) {
    expect(checkProof({ ...given, ...change }), JSON.stringify(change)).toEqual({
      ...sound,
      ...result,
    });
  }
  expect(checkProof({ ...given, proof: null, detail: { state: "erased" } })).toEqual({
    leaf: true,
    signature: null,
    inclusion: null,
    detail: null,
  });
});

it("says which words are withheld, erased or were never there, and gives none of them away", async () => {
  const withheld = await getEntry(administrator, 1);
  expect(withheld.detail).toEqual({ state: "withheld" });
  expect(JSON.stringify(withheld)).not.toContain("invoice");
  expect((await getEntry(auditor, 0)).detail).toEqual({ state: "none" });
  await owner.query(`DELETE FROM "LedgerDetail" WHERE "seq" = 2`);
  expect((await getEntry(auditor, 2)).detail).toEqual({ state: "erased" });
});

it("says that no checkpoint covers the newest entry yet", async () => {
  expect(await getEntry(auditor, 3)).toMatchObject({ proof: null, previous: 2, next: null });
});

it("knows no entry beyond the end", async () => {
  await expect(getEntry(auditor, 4)).rejects.toMatchObject({ code: "not-found" });
});

it("publishes the newest checkpoint, and no name with it", async () => {
  const head = await latestCheckpoint(auditor);
  expect(head?.size).toBe(3);
  expect(await publishedCheckpoint()).toBe(head?.note);
  expect(head?.note).toMatch(/^countersign\.example\/ledger\n3\n[A-Za-z0-9+/]{43}=\n\n— /);
});

it("offers agents and people by name", async () => {
  const options = await ledgerFilterOptions(auditor);
  expect(options.people.map(({ name }) => name)).toEqual(["Adaeze Obi", "Ingrid Sørensen"]);
});

it("refuses who holds no role", async () => {
  const nobody = ctxOf({ id: "per_nobody001" }, []);
  const forbidden = { code: "forbidden" };
  await expect(listEntries(nobody, LedgerFilter.parse({}))).rejects.toMatchObject(forbidden);
  await expect(getEntry(nobody, 0)).rejects.toMatchObject(forbidden);
  await expect(latestCheckpoint(nobody)).rejects.toMatchObject(forbidden);
  await expect(ledgerFilterOptions(nobody)).rejects.toMatchObject(forbidden);
});

it("still shows an entry that was tampered with so that it can't be read", async () => {
  await owner.query("BEGIN");
  await owner.query("SET LOCAL session_replication_role = replica");
  await owner.query(
    `UPDATE "LedgerEntry" SET "canonical" = '{"kind":"agent.renamed"}' WHERE "seq" = 3`,
  );
  await owner.query("COMMIT");
  expect((await getEntry(auditor, 3)).row).toMatchObject({
    kind: null,
    summary: "This entry can't be read.",
  });
  expect((await listEntries(auditor, LedgerFilter.parse({}))).rows[0]?.seq).toBe(3);
  await db.$disconnect();
});

import { generateKeyPairSync, sign } from "node:crypto";
import pg from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { base64, fromBase64url } from "@/lib/domain/crypto/sha256";
import { openCheckpoint, signCheckpoint } from "@/lib/domain/ledger/checkpoint";
import { leafHash } from "@/lib/domain/ledger/leaf";
import { EMPTY_TREE, grow, treeRoot, verifyInclusion } from "@/lib/domain/ledger/merkle";
import { command } from "@/lib/server/command";
import { db } from "@/lib/server/db";
import { ctxOf } from "@/testing/factories";
import { makeCheckpoint } from "./checkpoint";
import { proveInclusion } from "./inclusion";
import { logSigner, logVerifier } from "./log-key";
import { readLeaves } from "./read-entries";
import { verifyLedger } from "./verify";

const NOW = new Date("2026-03-04T05:06:07.008Z");
const admin = ctxOf({ id: "per_admin0001" }, ["admin"], NOW);
const auditor = ctxOf({ id: "per_auditor01" }, ["auditor"], NOW);
const owner = new pg.Client({ connectionString: process.env["TEST_OWNER_URL"] });
await owner.connect();
afterAll(() => owner.end());

const recordMany = command({
  permission: "people:manage",
  input: z.strictObject({ count: z.int() }),
  async run(_tx, { input, seq }) {
    const one = (i: number) => ({
      event: { kind: "person.deactivated", subjectId: `per_subject${i}` } as const,
      ...(i % 2 === 0
        ? { detail: { reason: `left the firm, naïvely “${i}”`, amount: 1e21 + i } }
        : {}),
    });
    const rest = Array.from({ length: input.count - 1 }, (_, i) => one(i + 1));
    return { value: seq, events: [one(0), ...rest] };
  },
});

/** As the owner of the tables with the triggers off: what an administrator of the database could do. */
async function tamper(...statements: readonly string[]): Promise<void> {
  await owner.query("BEGIN");
  await owner.query("SET LOCAL session_replication_role = replica");
  for (const sql of statements) await owner.query(sql);
  await owner.query("COMMIT");
}

async function problems(): Promise<readonly string[]> {
  const report = await verifyLedger(auditor);
  expect(report.problemCount).toBe(report.problems.length);
  return report.problems.map(({ code, seq }) => `${code} ${seq}`);
}

beforeEach(async () => {
  await tamper(`TRUNCATE "LedgerEntry", "LedgerDetail", "Checkpoint"`);
});

describe("signed heads and details", () => {
  it("can't be rewritten or removed by the application, nor by the owner while the triggers stand", async () => {
    await recordMany(admin, { count: 1 });
    await makeCheckpoint(NOW);
    for (const sql of [
      `UPDATE "Checkpoint" SET "note" = 'another'`,
      `DELETE FROM "Checkpoint"`,
      `TRUNCATE "Checkpoint"`,
      `TRUNCATE "LedgerDetail"`,
      `UPDATE "LedgerDetail" SET "salt" = ''`,
    ]) {
      await expect(db.$executeRawUnsafe(sql)).rejects.toThrow(/permission denied/);
      await expect(owner.query(sql)).rejects.toThrow(/append-only/);
    }
    // Erasure is the owner's to do, not the application's.
    const erase = `DELETE FROM "LedgerDetail" WHERE "seq" = 0`;
    await expect(db.$executeRawUnsafe(erase)).rejects.toThrow(/permission denied/);
    await expect(owner.query(erase)).resolves.toMatchObject({ rowCount: 1 });
    expect(await problems()).toEqual([]);
  });
});

describe("makeCheckpoint", () => {
  it("signs the head, which is the root over all leaves, and does so once", async () => {
    expect(await makeCheckpoint(NOW)).toEqual({ size: 0, made: false });
    await recordMany(admin, { count: 5 });
    expect(await makeCheckpoint(NOW)).toEqual({ size: 5, made: true });
    expect(await makeCheckpoint(NOW)).toEqual({ size: 5, made: false });
    await recordMany(admin, { count: 2100 });
    expect(await makeCheckpoint(NOW)).toEqual({ size: 2105, made: true });

    const rows = await db.checkpoint.findMany({ orderBy: { size: "asc" } });
    const leaves = await readLeaves(0, 2105);
    for (const row of rows) {
      const { size, root } = openCheckpoint(row.note, logVerifier());
      expect(size).toBe(Number(row.size));
      expect(root).toEqual(treeRoot(grow(EMPTY_TREE, leaves.slice(0, size))));
    }
  });

  it("can be run by many workers at once", async () => {
    await recordMany(admin, { count: 7 });
    const made = await Promise.all(Array.from({ length: 6 }, () => makeCheckpoint(NOW)));
    expect(made.filter((result) => result.made)).toHaveLength(1);
    expect(await db.checkpoint.count()).toBe(1);
  });

  it("does not make damage official", async () => {
    await recordMany(admin, { count: 3 });
    await makeCheckpoint(NOW);
    await recordMany(admin, { count: 3 });
    await tamper(
      `UPDATE "LedgerEntry" SET "canonical" = replace("canonical", 'subject1', 'subject9') WHERE "seq" = 4`,
    );
    await expect(makeCheckpoint(NOW)).rejects.toThrow("entry 4 does not hash");
    await tamper(`DELETE FROM "LedgerEntry" WHERE "seq" = 4`);
    await expect(makeCheckpoint(NOW)).rejects.toThrow("no entry 4");
    await tamper(`DELETE FROM "LedgerEntry" WHERE "seq" >= 2`);
    await expect(makeCheckpoint(NOW)).rejects.toThrow("shorter than its last checkpoint");
  });

  it("does not grow from an edge that was not signed", async () => {
    await recordMany(admin, { count: 4 });
    await makeCheckpoint(NOW);
    await recordMany(admin, { count: 1 });
    await tamper(`UPDATE "Checkpoint" SET "frontier" = ARRAY['${base64(leafHash("forged"))}']`);
    await expect(makeCheckpoint(NOW)).rejects.toThrow("does not say what was signed");
  });
});

describe("verifyLedger", () => {
  it("finds nothing wrong with a sound ledger, says what it read, and records that", async () => {
    await recordMany(admin, { count: 2500 });
    await makeCheckpoint(NOW);
    await recordMany(admin, { count: 10 });
    await tamper(`DELETE FROM "LedgerDetail" WHERE "seq" = 0`);
    const progress: number[] = [];
    const report = await verifyLedger(auditor, (done, total) => progress.push(done / total));
    expect(report).toMatchObject({
      size: 2510,
      recordedAt: 2510,
      details: { present: 1254, erased: 1, none: 1255 },
      checkpoints: 1,
      uncovered: 10,
      problemCount: 0,
      problems: [],
    });
    expect(report.root).toBe(
      Buffer.from(treeRoot(grow(EMPTY_TREE, await readLeaves(0, 2510)))).toString("base64url"),
    );
    expect(progress.at(-1)).toBe(1);
    expect(progress.length).toBeGreaterThan(1);
    const recorded = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: 2510 } });
    expect(JSON.parse(recorded.canonical)).toMatchObject({
      kind: "ledger.verified",
      personId: "per_auditor01",
      size: 2510,
      root: report.root,
      problems: 0,
    });
  });

  it("reads an empty ledger", async () => {
    expect(await verifyLedger(auditor)).toMatchObject({ size: 0, problemCount: 0, recordedAt: 0 });
  });

  it("is refused without the permission, and then records nothing", async () => {
    await expect(verifyLedger(ctxOf({ id: "per_nobody001" }, []))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await db.ledgerEntry.count()).toBe(0);
  });

  describe("of a ledger of ten entries with checkpoints at five and ten", () => {
    beforeEach(async () => {
      await recordMany(admin, { count: 5 });
      await makeCheckpoint(NOW);
      await recordMany(admin, { count: 5 });
      await makeCheckpoint(NOW);
    });

    it("finds a changed text", async () => {
      await tamper(
        `UPDATE "LedgerEntry" SET "canonical" = replace("canonical", 'subject2', 'subject9') WHERE "seq" = 2`,
      );
      expect(await problems()).toEqual(["leaf 2", "checkpoint-root 4"]);
    });

    it("finds a changed text although its leaf was changed with it", async () => {
      const { canonical } = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: 7 } });
      const forged = canonical.replace("subject2", "subject9");
      const leaf = Buffer.from(leafHash(forged)).toString("hex");
      await tamper(
        `UPDATE "LedgerEntry" SET "canonical" = '${forged}', "leafHash" = '\\x${leaf}' WHERE "seq" = 7`,
      );
      expect(await problems()).toEqual(["checkpoint-root 9"]);
    });

    it("finds a dropped entry", async () => {
      await tamper(
        `DELETE FROM "LedgerDetail" WHERE "seq" = 5`,
        `DELETE FROM "LedgerEntry" WHERE "seq" = 5`,
      );
      // The tree comes out one leaf short of the second checkpoint.
      expect(await problems()).toEqual(["gap 5", "checkpoint-ahead 9"]);
    });

    it("finds a dropped entry although the later ones were moved up", async () => {
      await tamper(
        `DELETE FROM "LedgerDetail"`,
        `DELETE FROM "LedgerEntry" WHERE "seq" = 3`,
        `UPDATE "LedgerEntry" SET "seq" = "seq" - 1 WHERE "seq" > 3`,
      );
      expect(await problems()).toEqual(["checkpoint-root 4", "checkpoint-ahead 9"]);
    });

    it("finds swapped entries", async () => {
      await tamper(
        `DELETE FROM "LedgerDetail"`,
        `UPDATE "LedgerEntry" SET "seq" = 100 WHERE "seq" = 6`,
        `UPDATE "LedgerEntry" SET "seq" = 6 WHERE "seq" = 8`,
        `UPDATE "LedgerEntry" SET "seq" = 8 WHERE "seq" = 100`,
      );
      expect(await problems()).toEqual(["checkpoint-root 9"]);
    });

    it("finds a cut-off tail", async () => {
      await tamper(
        `DELETE FROM "LedgerDetail" WHERE "seq" > 7`,
        `DELETE FROM "LedgerEntry" WHERE "seq" > 7`,
      );
      expect(await problems()).toEqual(["checkpoint-ahead 9"]);
    });

    it("finds an entry that was put in between, text and leaf in order", async () => {
      await tamper(
        `UPDATE "LedgerEntry" SET "seq" = "seq" + 100 WHERE "seq" >= 9`,
        `UPDATE "LedgerEntry" SET "seq" = 10 WHERE "seq" = 109`,
        `INSERT INTO "LedgerEntry" ("seq", "canonical", "leafHash") SELECT 9, "canonical", "leafHash" FROM "LedgerEntry" WHERE "seq" = 1`,
      );
      expect(await problems()).toContain("checkpoint-root 9");
    });

    it("finds changed words, and words for an entry that has none", async () => {
      await tamper(
        `UPDATE "LedgerDetail" SET "detail" = jsonb_set("detail", '{reason}', '"resigned"') WHERE "seq" = 4`,
        `INSERT INTO "LedgerDetail" ("seq", "salt", "detail") VALUES (1, decode(repeat('00', 32), 'hex'), '{}')`,
      );
      expect(await problems()).toEqual(["detail-unexpected 1", "detail-changed 4"]);
    });

    it("finds a column that no longer says what the entry says", async () => {
      await tamper(
        `ALTER TABLE "LedgerEntry" ALTER COLUMN "kind" DROP EXPRESSION`,
        `UPDATE "LedgerEntry" SET "kind" = 'agent.retired' WHERE "seq" = 8`,
      );
      try {
        expect(await problems()).toEqual(["columns 8"]);
      } finally {
        await tamper(
          `ALTER TABLE "LedgerEntry" DROP COLUMN "kind"`,
          `ALTER TABLE "LedgerEntry" ADD COLUMN "kind" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'kind') STORED`,
        );
      }
    });

    it("finds a text that is not canonical, although it reads the same", async () => {
      const { canonical } = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: 9 } });
      const forged = canonical.replace('{"', '{ "');
      const leaf = Buffer.from(leafHash(forged)).toString("hex");
      await tamper(
        `UPDATE "LedgerEntry" SET "canonical" = '${forged}', "leafHash" = '\\x${leaf}' WHERE "seq" = 9`,
      );
      expect(await problems()).toEqual(["not-canonical 9", "checkpoint-root 9"]);
    });

    it("finds a checkpoint that another key signed to make a changed entry fit", async () => {
      const { privateKey, publicKey } = generateKeyPairSync("ed25519");
      const forger = {
        name: logSigner().name,
        publicKey: fromBase64url(publicKey.export({ format: "jwk" }).x ?? ""),
        sign: (message: Uint8Array) => sign(null, message, privateKey),
      };
      const leaves = await readLeaves(0, 10);
      leaves[7] = leafHash("{}");
      const tree = grow(EMPTY_TREE, leaves);
      const note = signCheckpoint({ size: 10, root: treeRoot(tree) }, forger);
      const root = Buffer.from(treeRoot(tree)).toString("hex");
      await tamper(
        `DELETE FROM "LedgerDetail"`,
        `UPDATE "LedgerEntry" SET "canonical" = '{}', "leafHash" = '\\x${Buffer.from(leafHash("{}")).toString("hex")}' WHERE "seq" = 7`,
        `UPDATE "Checkpoint" SET "rootHash" = '\\x${root}', "note" = '${note}', "frontier" = ARRAY['${tree.frontier.map(base64).join("','")}'] WHERE "size" = 10`,
      );
      expect(await problems()).toEqual(["checkpoint-signature 9"]);
    });
  });
});

describe("proveInclusion", () => {
  it("proves every kind of place, and notices that its memory is of another database", async () => {
    await recordMany(admin, { count: 2600 });
    await makeCheckpoint(NOW);
    const leaves = await readLeaves(0, 2600);
    const claim = { size: 2600, root: treeRoot(grow(EMPTY_TREE, leaves)) };
    for (const index of [0, 1, 1023, 1024, 2047, 2048, 2599]) {
      const proof = await proveInclusion({ index, ...claim });
      expect(
        verifyInclusion({ leafHash: leaves[index] ?? new Uint8Array(), index, ...claim, proof }),
      ).toBe(true);
    }

    await tamper(`TRUNCATE "LedgerEntry", "LedgerDetail", "Checkpoint"`);
    await recordMany({ ...admin, now: new Date("2027-01-01T00:00:00Z") }, { count: 2600 });
    const others = await readLeaves(0, 2600);
    const place = { index: 2599, size: 2600, root: treeRoot(grow(EMPTY_TREE, others)) };
    const proof = await proveInclusion(place);
    expect(verifyInclusion({ leafHash: others[2599] ?? new Uint8Array(), ...place, proof })).toBe(
      true,
    );
  });
});

it("is not done for everyone at once: who comes too many is told to come again, and then served", async () => {
  await recordMany(admin, { count: 3 });
  const answers = await Promise.all(
    Array.from({ length: 4 }, () =>
      verifyLedger(auditor).then(
        () => "verified",
        (error: { code?: string }) => error.code,
      ),
    ),
  );
  expect(answers.sort()).toEqual(["too-many", "too-many", "verified", "verified"]);
  await expect(verifyLedger(auditor)).resolves.toMatchObject({ problemCount: 0 });
});

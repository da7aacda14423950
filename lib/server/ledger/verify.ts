import { z } from "zod";
import type { Permission } from "@/lib/domain/access/permissions";
import { base64url, constantTimeEqual, fromBase64 } from "@/lib/domain/crypto/sha256";
import { AppError } from "@/lib/domain/errors";
import { openCheckpoint } from "@/lib/domain/ledger/checkpoint";
import { EMPTY_TREE, grow, type Tree, treeRoot } from "@/lib/domain/ledger/merkle";
import type { Problem, VerificationReport } from "@/lib/domain/ledger/report";
import type { Checkpoint } from "@/prisma/generated/client";
import { command } from "../command";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { checkEntry, type DetailTally } from "./check-entry";
import { logVerifier } from "./log-key";
import { ledgerSize, readEntries } from "./read-entries";

const PERMISSION = "ledger:verify" as const satisfies Permission;
const SHOWN_PROBLEMS = 100;
/** Each reads the whole ledger; anybody may ask for one. In this process. */
const AT_ONCE = 2;
let running = 0;

/** Called after each chunk with entries done and entries in all. */
type OnProgress = (done: number, total: number) => void;

/**
 * Recomputes the whole ledger from the stored texts: every leaf, every searchable column, every detail against its
 * commitment, the tree, and every checkpoint's signature and root. Changes nothing; the outcome is recorded as
 * `ledger.verified`. Throws AppError("forbidden" | "too-many").
 *
 * The reading is done before the ledger's lock is taken: decisions must not wait for it.
 */
async function verifyAndRecord(
  ctx: Ctx,
  onProgress: OnProgress = () => undefined,
): Promise<VerificationReport> {
  authorise(ctx, PERMISSION);
  if (running >= AT_ONCE) {
    throw new AppError("too-many", "others are verifying the ledger already: try again shortly");
  }
  running += 1;
  const found = await verify(onProgress).finally(() => {
    running -= 1;
  });
  const recordedAt = await record(ctx, found);
  return { ...found, recordedAt };
}

/** The verb with its permission, which the permission walk reads. */
export const verifyLedger = Object.assign(verifyAndRecord, { permission: PERMISSION });

const record = command({
  permission: PERMISSION,
  input: z.looseObject({
    size: z.int(),
    root: z.string(),
    problemCount: z.int(),
    problems: z.array(z.strictObject({ code: z.string(), seq: z.int() })),
  }),
  async run(_tx, { input: { size, root, problemCount, problems }, seq }) {
    const event = { kind: "ledger.verified", size, root, problems: problemCount } as const;
    return { value: Number(seq), events: [{ event, detail: { problems } }] };
  },
});

async function verify(onProgress: OnProgress): Promise<Omit<VerificationReport, "recordedAt">> {
  const started = performance.now();
  // In this order: a checkpoint that is made meanwhile must not look as if it were ahead of the ledger.
  const checkpoints = await db.checkpoint.findMany({ orderBy: { size: "asc" } });
  const size = await ledgerSize();
  const problems: Problem[] = [];
  const tally: DetailTally = { present: 0, erased: 0, none: 0 };
  const roots = new CheckpointRoots(checkpoints);
  let expected = 0;

  for await (const entries of readEntries(0, size)) {
    const [first, last] = [entries.at(0), entries.at(-1)];
    if (first === undefined || last === undefined) continue;
    const details = await db.ledgerDetail.findMany({
      where: { seq: { gte: first.seq, lte: last.seq } },
    });
    const bySeq = new Map(details.map((detail) => [detail.seq, detail]));
    for (const entry of entries) {
      const seq = Number(entry.seq);
      if (seq !== expected) problems.push({ code: "gap", seq: expected });
      expected = seq + 1;
      const { leaf, codes } = checkEntry(entry, bySeq.get(entry.seq), tally);
      problems.push(...codes.map((code) => ({ code, seq })));
      roots.add(leaf);
    }
    onProgress(expected, size);
  }
  problems.push(...roots.problems());
  const newest = Number(checkpoints.at(-1)?.size ?? 0);
  return {
    size,
    root: base64url(treeRoot(roots.tree)),
    details: tally,
    checkpoints: checkpoints.length,
    uncovered: Math.max(0, size - newest),
    milliseconds: Math.round(performance.now() - started),
    problemCount: problems.length,
    problems: problems.slice(0, SHOWN_PROBLEMS),
  };
}

/** Grows the tree leaf by leaf and holds each checkpoint against it as its size is reached. */
class CheckpointRoots {
  tree: Tree = EMPTY_TREE;
  readonly #checkpoints: readonly Checkpoint[];
  readonly #found: Problem[] = [];
  readonly #log = logVerifier();
  #pending: Uint8Array[] = [];
  #next = 0;

  constructor(checkpoints: readonly Checkpoint[]) {
    this.#checkpoints = checkpoints;
  }

  add(leaf: Uint8Array): void {
    this.#pending.push(leaf);
    const size = this.tree.size + this.#pending.length;
    if (Number(this.#checkpoints[this.#next]?.size) === size || this.#pending.length >= 1024) {
      this.#settle();
    }
  }

  /** Everything that is wrong with the checkpoints, once all leaves were added. */
  problems(): readonly Problem[] {
    this.#settle();
    for (const checkpoint of this.#checkpoints.slice(this.#next)) {
      this.#found.push({ code: "checkpoint-ahead", seq: Number(checkpoint.size) - 1 });
    }
    return this.#found;
  }

  #settle(): void {
    this.tree = grow(this.tree, this.#pending);
    this.#pending = [];
    const checkpoint = this.#checkpoints[this.#next];
    if (checkpoint === undefined || Number(checkpoint.size) !== this.tree.size) return;
    this.#next++;
    const seq = this.tree.size - 1;
    if (!this.#isSigned(checkpoint)) this.#found.push({ code: "checkpoint-signature", seq });
    // Once one root does not fit, no later one can: the first says where.
    const misfit = this.#found.some(({ code }) => code === "checkpoint-root");
    if (!misfit && !constantTimeEqual(checkpoint.rootHash, treeRoot(this.tree))) {
      this.#found.push({ code: "checkpoint-root", seq });
    }
  }

  #isSigned(row: Checkpoint): boolean {
    try {
      const signed = openCheckpoint(row.note, this.#log);
      const edge = { size: signed.size, frontier: row.frontier.map(fromBase64) };
      return (
        signed.size === Number(row.size) &&
        constantTimeEqual(signed.root, row.rootHash) &&
        constantTimeEqual(signed.root, treeRoot(grow(edge, [])))
      );
    } catch {
      return false;
    }
  }
}

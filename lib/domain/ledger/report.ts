import { z } from "zod";

/** What can be wrong with a ledger, and what it means to a reader. */
export const PROBLEMS = {
  gap: "An entry is missing: the numbers do not follow each other.",
  leaf: "The stored text is not what was hashed when the entry was written.",
  "not-canonical":
    "The stored text is not in canonical form, so it was not written by this software.",
  columns: "A searchable column says something else than the entry itself.",
  "detail-changed": "The words or personal details are not those that the entry commits to.",
  "detail-unexpected": "There are details for an entry that commits to none.",
  "checkpoint-signature":
    "A checkpoint is not signed by the log's key, or says something else than its row.",
  "checkpoint-root":
    "The entries are not those that were signed: one was changed, moved, added or removed between the last checkpoint that fits and this one.",
  "checkpoint-ahead": "A checkpoint covers more entries than the ledger has: entries were cut off.",
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

const Problem = z.object({
  code: z.string().refine((code): code is ProblemCode => Object.hasOwn(PROBLEMS, code)),
  /** the entry, or for a checkpoint the last entry that it covers */
  seq: z.int(),
});
export type Problem = z.infer<typeof Problem>;

const count = z.int().min(0);

/** What a verification looked at and found. */
const VerificationReport = z.object({
  /** entries read, from 0 to size - 1 */
  size: count,
  /** base64url */
  root: z.string(),
  details: z.object({ present: count, erased: count, none: count }),
  checkpoints: count,
  /** entries that no checkpoint covers yet */
  uncovered: count,
  milliseconds: count,
  problemCount: count,
  /** the first hundred */
  problems: z.array(Problem),
  /** the entry that records this verification */
  recordedAt: count,
});
export type VerificationReport = z.infer<typeof VerificationReport>;

/** One line of the answer while a verification runs; the last one is a report or a failure. */
export const VerificationMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), done: count, total: count }),
  z.object({ type: z.literal("report"), report: VerificationReport }),
  z.object({ type: z.literal("failure"), message: z.string() }),
]);
export type VerificationMessage = z.infer<typeof VerificationMessage>;

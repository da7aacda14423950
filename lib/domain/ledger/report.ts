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

export type Problem = {
  readonly code: ProblemCode;
  /** the entry, or for a checkpoint the last entry that it covers */
  readonly seq: number;
};

/** What a verification looked at and found. */
export type VerificationReport = {
  /** entries read, from 0 to size - 1 */
  readonly size: number;
  /** base64url */
  readonly root: string;
  readonly details: { readonly present: number; readonly erased: number; readonly none: number };
  readonly checkpoints: number;
  /** entries that no checkpoint covers yet */
  readonly uncovered: number;
  readonly milliseconds: number;
  readonly problemCount: number;
  /** the first hundred */
  readonly problems: readonly Problem[];
};

import type { Json } from "@/lib/domain/crypto/canonical-json";
import type { Outcome } from "@/lib/domain/policy/reasons";
import type { EntryBody, EventKind } from "./event";

export type Named = { readonly id: string; readonly name: string };

/** One line of the ledger's table. Only a tampered entry has no `kind`. */
export type EntryRow = {
  readonly seq: number;
  readonly at: string | null;
  readonly kind: EventKind | null;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly simulated: boolean;
  readonly agent: Named | null;
  /** who acted; for a decision, the accountable sponsor */
  readonly person: Named | null;
  readonly summary: string;
};

export type EntryPage = {
  readonly rows: readonly EntryRow[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
};

/** The words and personal details of an entry, or why they are not shown. `salt` is base64url. */
export type DetailView =
  | { readonly state: "none" | "withheld" | "erased" }
  | { readonly state: "present"; readonly detail: Json; readonly salt: string };

/** All that a reader needs to check by themselves that the entry stands in the signed log. */
export type ProofView = {
  /** the signed note (C2SP tlog-checkpoint) */
  readonly note: string;
  /** the log's public key as C2SP prints it */
  readonly verifierKey: string;
  readonly size: number;
  readonly createdAt: string;
  /** base64url, nearest to the leaf first */
  readonly hashes: readonly string[];
};

export type EntryView = {
  readonly row: EntryRow;
  readonly body: EntryBody | null;
  readonly canonical: string;
  /** base64url */
  readonly leafHash: string;
  readonly detail: DetailView;
  /** null until a checkpoint covers the entry */
  readonly proof: ProofView | null;
  /** ids of the body and what they are called */
  readonly names: Readonly<Record<string, string>>;
  readonly previous: number | null;
  readonly next: number | null;
};

/** The newest signed head. */
export type HeadView = {
  readonly size: number;
  /** base64url */
  readonly root: string;
  readonly createdAt: string;
  readonly note: string;
  readonly verifierKey: string;
};

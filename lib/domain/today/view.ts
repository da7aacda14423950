import type { Urgency } from "@/lib/domain/review/review";

/** One thing that waits for the reader, with the place where it is done. Times are ISO 8601. */
export type Need = {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly href: string;
  readonly urgency: Urgency | null;
  /** when it is due, or when it happened; `due` says which */
  readonly at: string | null;
  readonly due: boolean;
};

/** What kind of work it is. */
export type NeedKind =
  | "reviews"
  | "escalations"
  | "approvals"
  | "drafts"
  | "unsponsored"
  | "training"
  | "risk"
  | "contained"
  | "expiring"
  | "ledger";

export type NeedSection = {
  readonly kind: NeedKind;
  readonly title: string;
  readonly needs: readonly Need[];
  /** of which `needs` are the first */
  readonly total: number;
  /** where all of them are */
  readonly href: string;
  /** what it means that there are none */
  readonly empty: string;
};

/** One figure, leading to what it counts. */
export type Figure = {
  readonly label: string;
  readonly value: number;
  readonly note: string;
  readonly href: string;
  readonly tone: "neutral" | "hold" | "block";
};

/** A human act or a rule's, from the ledger. */
export type Act = {
  readonly seq: number;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly isNew: boolean;
};

export type TodayView = {
  readonly figures: readonly Figure[];
  readonly sections: readonly NeedSection[];
  readonly acts: readonly Act[];
  /** when the reader was last here before this session; null: never */
  readonly since: string | null;
  /** acts since then; more than `acts` can hold */
  readonly newActs: number;
};

import type { Named } from "@/lib/domain/ledger/view";
import type { ContainmentLevel } from "./level";

/** All instants are ISO 8601. */
export type ContainmentRow = {
  readonly id: string;
  readonly level: ContainmentLevel;
  readonly by: Named | null;
  /** the rule that fired, in words; null where a person acted */
  readonly rule: string | null;
  readonly appliedAt: string;
  readonly appliedSeq: number;
  readonly liftedAt: string | null;
  readonly liftedBy: Named | null;
  readonly liftedSeq: number | null;
  readonly incidents: readonly { readonly id: string; readonly title: string }[];
};

/** The first of two signatures under a lift, while it waits for the second. */
export type PendingLift = {
  readonly from: ContainmentLevel;
  readonly to: ContainmentLevel | null;
  readonly signedBy: Named;
  readonly signedAt: string;
  readonly until: string;
  readonly seq: number;
};

export type DrillView = {
  readonly id: string;
  readonly agent: Named;
  readonly level: ContainmentLevel;
  readonly startedBy: Named;
  readonly startedAt: string;
  readonly seq: number;
  readonly endedAt: string | null;
  readonly endedSeq: number | null;
  readonly notices: readonly {
    readonly person: Named;
    readonly acknowledgedAt: string | null;
    /** from the start of the drill */
    readonly seconds: number | null;
  }[];
};

/** The firm-wide switch, as long as an agent that it stopped is not lifted. */
export type FirmStopView = {
  readonly thrownBy: Named;
  readonly thrownAt: string;
  readonly seq: number;
  readonly agents: number;
  readonly stillStopped: number;
};

/** What the firm-wide switch would do, and how the reader can throw it. */
export type FirmStopReach = {
  readonly inProduction: number;
  readonly stopped: number;
  readonly hasPasskey: boolean;
  readonly passwordAllowed: boolean;
};

import { pruneBehaviour } from "@/lib/server/behaviour/project";
import { rescoreAll } from "@/lib/server/behaviour/rescore";
import { containAll } from "@/lib/server/containment/trigger";
import { sweep } from "@/lib/server/housekeeping";
import { makeCheckpoint } from "@/lib/server/ledger/checkpoint";
import { escalateOverdue } from "@/lib/server/review/escalate-overdue";

export type Job = {
  readonly name: string;
  /** when, in UTC */
  readonly cron: string;
  /** Does the work as of `now`; what it returns is logged, so it holds counts and codes only. */
  readonly run: (now: Date) => Promise<unknown>;
};

/** Everything that happens without anyone asking. Each job may run twice, or in two workers at once, without harm. */
export const JOBS: readonly Job[] = [
  { name: "ledger-checkpoint", cron: "* * * * *", run: makeCheckpoint },
  { name: "overdue-reviews", cron: "* * * * *", run: escalateOverdue },
  { name: "risk-scores", cron: "* * * * *", run: rescoreAll },
  { name: "containment-rules", cron: "*/5 * * * *", run: containAll },
  { name: "behaviour-housekeeping", cron: "47 3 * * *", run: pruneBehaviour },
  { name: "housekeeping", cron: "17 * * * *", run: sweep },
];

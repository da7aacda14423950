import { OUTCOMES } from "@/lib/domain/policy/reasons";
import type { StepView } from "@/lib/domain/review/view";
import { db } from "../db";
import { asReason, readDecided } from "./decided";
import { askedFor } from "./queries";

const STEPS = 10;

/** What the agent did last before a ledger position, newest first. What nobody proved to be its own is not its doing. */
export async function stepsBefore(
  agentId: string,
  seq: bigint,
  mayReadDetails: boolean,
): Promise<readonly StepView[]> {
  const entries = await db.ledgerEntry.findMany({
    where: {
      agentId,
      kind: "decision",
      seq: { lt: seq },
      // Such a body names no action (lib/server/decision/decide.ts), and holds no free text that could say so.
      NOT: { canonical: { contains: '"action":null' } },
    },
    orderBy: { seq: "desc" },
    take: STEPS,
    select: { seq: true, canonical: true },
  });
  const decided = await readDecided(entries, mayReadDetails);
  return decided.map((step) => ({
    seq: Number(step.seq),
    at: step.at.toISOString(),
    outcome: OUTCOMES.find((outcome) => outcome === step.outcome) ?? "deny",
    reason: asReason(step.reason),
    asked: askedFor(step),
  }));
}

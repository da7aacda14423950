/** What came of the demo's acts: nearly always what was meant, now and then a failure. */
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import type { DecisionAnswer } from "@/lib/server/decision/item";
import type { OutcomeItem } from "@/lib/server/decision/record-outcomes";
import type { Dice } from "./types";

type Decided = {
  readonly at: Date;
  readonly request: EvaluationRequest;
  readonly answer: DecisionAnswer;
};

const FAILURES = ["timeout", "http.503", "conflict"] as const;
const FAILURE_CHANCE = 0.015;
/** An agent turns to these only after something went wrong: the difference that it then wants to explain. */
const AFTER_FAILURE: ReadonlySet<string> = new Set(["payroll"]);
const ACT_MS = 1200;

/** Reports of a group's allowed requests, for `recordOutcomes(client, …)`. `decided` in the order of the ledger. */
export function outcomesOf(decided: readonly Decided[], dice: Dice): readonly OutcomeItem[] {
  return decided.flatMap(({ at, request, answer }, index): OutcomeItem[] => {
    if (answer.outcome !== "allow" || answer.seq === null) return [];
    const { traceId, records } = request.context;
    const next = decided
      .slice(index + 1)
      .find((later) => later.request.context.traceId === traceId && traceId !== undefined);
    const turns = next !== undefined && AFTER_FAILURE.has(next.request.resource.type);
    const decision = Number(answer.seq);
    const base = {
      agentId: request.subject.id,
      at: new Date(at.getTime() + ACT_MS),
      proof: null,
    };
    if (turns) return [{ ...base, report: { decision, status: "ambiguous" } }];
    if (dice.chance(FAILURE_CHANCE)) {
      return [{ ...base, report: { decision, status: "error", errorClass: dice.pick(FAILURES) } }];
    }
    const told = records === undefined ? {} : { records };
    return [{ ...base, report: { decision, status: "success", ...told } }];
  });
}

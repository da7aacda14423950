import { z } from "zod";
import { EvaluationRequest } from "./request";

const scalar = z.union([z.string(), z.number()]);

/** The words of a decision as the ledger's detail holds them. What an older version did not write counts as not said. */
export const DecisionDetail = z.object({
  request: EvaluationRequest,
  sentence: z.string().catch(""),
  miss: z
    .object({ what: z.string(), asked: scalar.exactOptional(), allowed: scalar.exactOptional() })
    .nullable()
    .catch(null),
  nearest: z
    .object({ clusterId: z.string(), ruleIndex: z.number(), differs: z.array(z.string()) })
    .nullable()
    .catch(null),
  /** the never-rule of the manifest that forbids it */
  neverRuleId: z.string().nullable().catch(null),
});
export type DecisionDetail = z.infer<typeof DecisionDetail>;

import type { EvaluationRequest } from "@/lib/domain/policy/request";

/** What `confirm: new-target` remembers: the payee, recipient, host or file that a request is about. */
export function targetOf(request: Pick<EvaluationRequest, "resource">): string {
  return `${request.resource.type}:${request.resource.id}`;
}

import { Badge } from "@/components/ui/badge";
import type { Outcome } from "@/lib/domain/policy/reasons";

const WORDS: Readonly<Record<Outcome, string>> = {
  allow: "Allowed",
  hold: "Held",
  block: "Blocked",
  deny: "Denied",
};

/** How a decision came out, in a word with its tone. */
export function OutcomeBadge({ outcome }: { readonly outcome: Outcome }) {
  return <Badge tone={outcome}>{WORDS[outcome]}</Badge>;
}

import { Ban, CircleCheck, Clock, History, type LucideIcon, PencilLine, Undo2 } from "lucide-react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { ManifestState } from "@/lib/domain/manifest/lifecycle";

const LOOKS: Readonly<Record<ManifestState, { icon: LucideIcon; tone: BadgeTone; word: string }>> =
  {
    draft: { icon: PencilLine, tone: "outline", word: "Draft" },
    submitted: { icon: Clock, tone: "hold", word: "Waiting for approval" },
    approved: { icon: CircleCheck, tone: "allow", word: "In force" },
    superseded: { icon: History, tone: "neutral", word: "Superseded" },
    returned: { icon: Undo2, tone: "block", word: "Returned" },
    revoked: { icon: Ban, tone: "deny", word: "Revoked" },
  };

/** The words for the states, in the order of a manifest's life. */
export const STATE_WORDS = (
  ["draft", "submitted", "returned", "approved", "superseded", "revoked"] as const
).map((value) => ({ value, label: LOOKS[value].word }));

/** The state of a manifest. `inForce` false: approved, but outside its validity, so that it gives no authority now. */
export function StateBadge({
  state,
  inForce = true,
}: {
  readonly state: ManifestState;
  readonly inForce?: boolean;
}) {
  const look = LOOKS[state];
  const idle = state === "approved" && !inForce;
  return (
    <Badge tone={idle ? "neutral" : look.tone}>
      <look.icon aria-hidden />
      {idle ? "Approved, not in force" : look.word}
    </Badge>
  );
}

import { CONTAINMENT_WORDS } from "@/components/agent/badges";
import { Time } from "@/components/layout/time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { PendingLift } from "@/lib/domain/containment/view";

/** That one of two has signed, and what completes it. */
export function PendingLiftNotice({ lift }: { readonly lift: PendingLift }) {
  const to = lift.to === null ? "no containment" : `“${CONTAINMENT_WORDS[lift.to].toLowerCase()}”`;
  return (
    <Alert tone="hold" className="mb-4">
      <AlertTitle>One of two has signed to lift the containment</AlertTitle>
      <AlertDescription>
        {lift.signedBy.name} signed for {to}, <Time iso={lift.signedAt} />. It holds until another
        trained person signs the same: the sponsor, the deputy, or compliance. The signature ends{" "}
        <Time iso={lift.until} />.
      </AlertDescription>
    </Alert>
  );
}

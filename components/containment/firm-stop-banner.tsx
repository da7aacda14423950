import Link from "next/link";
import { Time } from "@/components/layout/time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { FirmStopView } from "@/lib/domain/containment/view";
import { formatCount } from "@/lib/format";

/** Stands on every page while an agent that the firm-wide switch stopped is not lifted. */
export function FirmStopBanner({ stop }: { readonly stop: FirmStopView }) {
  return (
    <Alert tone="block" className="mb-4">
      <AlertTitle>The firm-wide switch is thrown</AlertTitle>
      <AlertDescription>
        {stop.thrownBy.name} stopped {formatCount(stop.agents, "agent")},{" "}
        <Time iso={stop.thrownAt} />; {formatCount(stop.stillStopped, "is", "are")} still stopped.
        Each is lifted by itself, by those who answer for it.{" "}
        <Link href="/agents?contained=stopped" className="link">
          Stopped agents
        </Link>
        {" · "}
        <Link href={`/ledger/${stop.seq}`} className="link">
          entry {stop.seq}
        </Link>
      </AlertDescription>
    </Alert>
  );
}

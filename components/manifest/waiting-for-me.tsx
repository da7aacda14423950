import { ArrowRight, Signature, Undo2 } from "lucide-react";
import Link from "next/link";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import { approvalsNeeded } from "@/lib/domain/manifest/approval";
import type { ManifestRow, PendingApproval } from "@/lib/domain/manifest/view";

/** What the reader is asked for, before everything else; nothing where nobody waits for them. */
export function WaitingForMe({
  pending,
  returned,
}: {
  readonly pending: readonly PendingApproval[];
  readonly returned: readonly ManifestRow[];
}) {
  if (pending.length === 0 && returned.length === 0) return null;
  return (
    <section aria-labelledby="waiting" className="mb-5 grid gap-2">
      <h2 id="waiting" className="text-sm font-semibold">
        Waiting for you
      </h2>
      <ul className="grid gap-2 md:grid-cols-2 xl:grid-cols-3">
        {pending.map((item) => (
          <li key={item.manifestId}>
            <Link
              href={`/manifests/${item.manifestId}`}
              className="grid h-full gap-1 rounded-lg border border-l-4 border-l-hold bg-card px-4 py-3 hover:border-input hover:border-l-hold hover:bg-muted/50"
            >
              <span className="flex items-center justify-between gap-2">
                <Badge tone="hold">
                  <Signature aria-hidden />
                  {task(item)}
                </Badge>
                <ArrowRight className="size-4 text-muted-foreground" aria-hidden />
              </span>
              <span className="font-medium">
                {item.agentName}, version {item.version}
              </span>
              <span className="text-[13px] text-muted-foreground">
                {item.tier} risk tier · submitted <Time iso={item.submittedAt} relative />
              </span>
            </Link>
          </li>
        ))}
        {returned.map((row) => (
          <li key={row.id}>
            <Link
              href={`/manifests/${row.id}/edit`}
              className="grid h-full gap-1 rounded-lg border border-l-4 border-l-block bg-card px-4 py-3 hover:border-input hover:border-l-block hover:bg-muted/50"
            >
              <span className="flex items-center justify-between gap-2">
                <Badge tone="block">
                  <Undo2 aria-hidden />
                  Returned to you
                </Badge>
                <ArrowRight className="size-4 text-muted-foreground" aria-hidden />
              </span>
              <span className="font-medium">
                {row.agentName}, version {row.version}
              </span>
              <span className="text-[13px] text-muted-foreground">
                with reasons, <Time iso={row.updatedAt} relative />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function task({ stage, tier }: PendingApproval): string {
  if (approvalsNeeded(tier) === 1) return "To approve or return";
  return stage === "first" ? "First of two signatures" : "Second of two signatures";
}

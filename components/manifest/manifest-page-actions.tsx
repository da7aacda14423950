import { Copy, PencilLine } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { ManifestView } from "@/lib/domain/manifest/view";

/** What an owner goes on to from here, and for an approver on a narrow screen the way to the decision. */
export function ManifestPageActions({
  view,
  ownsAgent,
}: {
  readonly view: ManifestView;
  readonly ownsAgent: boolean;
}) {
  return (
    <>
      {view.can.approve || view.can.return ? (
        <Button asChild variant="outline" className="xl:hidden">
          <a href="#decide">Go to the decision</a>
        </Button>
      ) : null}
      {view.can.edit ? (
        <Button asChild>
          <Link href={`/manifests/${view.id}/edit`}>
            <PencilLine aria-hidden />
            Edit
          </Link>
        </Button>
      ) : null}
      {ownsAgent && !view.can.edit ? (
        <Button asChild variant="outline">
          <Link href={`/agents/${view.agent.id}/manifests/new?from=${view.id}`}>
            <Copy aria-hidden />
            New version from this
          </Link>
        </Button>
      ) : null}
    </>
  );
}

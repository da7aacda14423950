import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { ManifestView } from "@/lib/domain/manifest/view";

export type Reader = {
  readonly id: string;
  readonly name: string;
  readonly isSponsor: boolean;
  /** may they see what agents asked for? */
  readonly mayReadRequests: boolean;
  /** titles of the modules that they lack for this agent, where they are assigned to it */
  readonly missingModules: readonly string[];
};

/** In words, why the reader does not approve a manifest that waits. */
export function WhyNotApprove({
  view,
  reader,
}: {
  readonly view: ManifestView;
  readonly reader: Reader;
}) {
  if (view.state !== "submitted") return null;
  const missing = ownPart(view, reader.id) === null ? reader.missingModules : [];
  return (
    <Alert tone="neutral">
      <AlertTitle>You can't approve this</AlertTitle>
      <AlertDescription>
        <p className="first-letter:uppercase">{reason(view, reader)}.</p>
        {missing.length > 0 ? (
          <>
            <p className="mt-1.5">Training that you need first:</p>
            <ul className="list-disc pl-4">
              {missing.map((title) => (
                <li key={title}>{title}</li>
              ))}
            </ul>
          </>
        ) : null}
      </AlertDescription>
    </Alert>
  );
}

function reason(view: ManifestView, reader: Reader): string {
  const own = ownPart(view, reader.id);
  if (own !== null) {
    return `You ${own}: whoever answers for an agent must be someone else than the one who wrote its mandate`;
  }
  if (!reader.isSponsor) return "approving is for sponsors, and your roles do not include it";
  return view.whyNot.approve ?? "it is for the agent's acting sponsor to decide";
}

function ownPart({ agent, author }: ManifestView, readerId: string): string | null {
  if (agent.ownerId === readerId) return "are the agent's owner";
  return author.id === readerId ? "are the author of this version" : null;
}

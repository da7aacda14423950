import Link from "next/link";
import { Stat } from "@/components/layout/stat";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { CONTAINMENT_MEANING } from "@/lib/domain/containment/level";
import type { ManifestView } from "@/lib/domain/manifest/view";

/** How the agent behaves at present: its risk against this manifest's thresholds, its open reviews, its containment. */
export function AgentStanding({ view }: { readonly view: ManifestView }) {
  const { agent, manifest } = view;
  return (
    <div className="grid gap-3">
      {agent.containment === null ? null : (
        <Alert tone="block">
          <AlertTitle>The agent is contained: {agent.containment}</AlertTitle>
          <AlertDescription>
            {CONTAINMENT_MEANING[agent.containment]} Approving a manifest does not lift it.
          </AlertDescription>
        </Alert>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Stat
          label="Risk score"
          value={`${agent.riskScore} of 100`}
          tone={riskTone(view)}
          note={
            manifest === null
              ? "the thresholds are not readable yet"
              : `under this version: review from ${manifest.risk.review}, contain from ${manifest.risk.contain}`
          }
          href={`/agents/${agent.id}`}
        />
        <Stat
          label="Open reviews"
          value={agent.openReviews}
          tone={agent.openReviews > 0 ? "hold" : "neutral"}
          note={
            agent.openReviews > 0
              ? "requests of this agent that wait for a person"
              : "nothing of this agent waits for a person"
          }
          href={`/reviews?agent=${agent.id}`}
        />
      </div>
      <p className="text-[13px] text-muted-foreground">
        What it has done is in{" "}
        <Link className="link" href={`/ledger?agent=${agent.id}`}>
          the ledger
        </Link>
        .
      </p>
    </div>
  );
}

/** The score against the thresholds of the manifest that is read. */
export function riskTone({ agent, manifest }: ManifestView): "allow" | "hold" | "block" {
  if (agent.riskScore >= (manifest?.risk.contain ?? 85)) return "block";
  return agent.riskScore >= (manifest?.risk.review ?? 60) ? "hold" : "allow";
}

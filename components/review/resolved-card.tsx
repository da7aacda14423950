import Link from "next/link";
import { ResolutionBadge } from "@/components/review/urgency-badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Resolution } from "@/lib/domain/review/review";
import type { ReviewView } from "@/lib/domain/review/view";

const NOW: Readonly<Record<Resolution, string>> = {
  uphold: "The request stays refused.",
  override: "The agent may repeat exactly this request once, within 30 minutes of the decision.",
  "confirm-target":
    "Requests of this task to this target need no confirmation while this manifest is in force.",
  amend: "The owner has a draft that would allow it. Nothing is allowed until it is approved.",
  stop: "The agent is stopped until a trained sponsor lifts it.",
};

/** How the review ended, and what that means now. The words stand in its history. */
export function ResolvedCard({ review }: { readonly review: ReviewView }) {
  const { resolution, agent } = review;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Resolved</CardTitle>
        {resolution === null ? null : <ResolutionBadge resolution={resolution} />}
      </CardHeader>
      <CardContent className="grid gap-3">
        <p className="text-pretty">{resolution === null ? "" : NOW[resolution]}</p>
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="outline">
            <Link href="/reviews?mine=yes">Back to your queue</Link>
          </Button>
          <Button asChild variant="ghost">
            <Link href={`/agents/${agent.id}`}>Go to the agent</Link>
          </Button>
        </div>
      </CardContent>
    </Card>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ContainmentBadge, TierBadge } from "@/components/agent/badges";
import { DescriptionList } from "@/components/layout/description-list";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { Time } from "@/components/layout/time";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { AskedCard } from "@/components/review/asked-card";
import { DecidePanel } from "@/components/review/decide-panel";
import { HistoryCard } from "@/components/review/history-card";
import { ReasoningCard } from "@/components/review/reasoning-card";
import { ResolvedCard } from "@/components/review/resolved-card";
import { StepsCard } from "@/components/review/steps-card";
import { StoppedCard } from "@/components/review/stopped-card";
import { DueTime } from "@/components/review/urgency-badge";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { AppError } from "@/lib/domain/errors";
import type { ReviewView } from "@/lib/domain/review/view";
import { formatCount } from "@/lib/format";
import { newestPosition } from "@/lib/server/live";
import { getReview } from "@/lib/server/review/get-review";
import { requirePermission } from "@/lib/server/session";
import {
  amendForReviewAction,
  beginOverrideAction,
  escalateReviewAction,
  resolveReviewAction,
} from "../actions";

export const metadata: Metadata = { title: "Review" };

const LIVE_KINDS = [
  "decision",
  "review.resolved",
  "review.escalated",
  "containment.applied",
  "containment.lifted",
  "manifest.approved",
  "manifest.revoked",
];
const ACTIONS = {
  resolve: resolveReviewAction,
  amend: amendForReviewAction,
  escalate: escalateReviewAction,
  begin: beginOverrideAction,
};

export default async function ReviewPage({ params }: PageProps<"/reviews/[reviewId]">) {
  const ctx = await requirePermission("review:read");
  const { reviewId } = await params;
  const after = await newestPosition();
  const review = await getReview(ctx, reviewId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: "Reviews", href: "/reviews" }, { label: review.agent.name }]}
        title={review.asked ?? "A request that can't be read any more"}
        badges={
          <>
            <OutcomeBadge outcome={review.outcome} />
            {review.escalatedAt === null ? null : <Badge tone="info">With compliance</Badge>}
          </>
        }
        actions={
          <>
            <LiveRefresh kinds={LIVE_KINDS} after={after} />
            <Button asChild size="sm" variant="outline" className="xl:hidden">
              <a href="#decide">Go to the decision</a>
            </Button>
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_27rem]">
        <div className="grid gap-4">
          <AskedCard review={review} />
          <StoppedCard review={review} />
          <ReasoningCard review={review} />
          <StepsCard review={review} />
          <HistoryCard history={review.history} />
        </div>
        <div id="decide" className="grid scroll-mt-16 gap-4 xl:sticky xl:top-16">
          <Decision review={review} />
          <Around review={review} />
        </div>
      </div>
    </>
  );
}

function Decision({ review }: { readonly review: ReviewView }) {
  if (review.state === "resolved") return <ResolvedCard review={review} />;
  const { urgency, dueAt, options, escalation } = review;
  const closed = [...options.map(({ obstacle }) => obstacle), escalation];
  const stands = closed.some((obstacle) => obstacle?.kind !== "standing");
  const why = options[0]?.obstacle?.message;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Decide</CardTitle>
        {urgency === null ? null : <DueTime urgency={urgency} dueAt={dueAt} />}
      </CardHeader>
      <CardContent>
        {stands ? (
          <DecidePanel review={review} actions={ACTIONS} />
        ) : (
          <p className="text-muted-foreground">
            You can read this review but not resolve it{why === undefined ? "" : `: ${why}`}.
          </p>
        )}
      </CardContent>
    </Card>
  );
}

function Around({ review }: { readonly review: ReviewView }) {
  const { agent, sponsor, deputy, owner } = review;
  return (
    <Card>
      <CardContent>
        <DescriptionList
          className="sm:grid-cols-[minmax(6rem,7rem)_minmax(0,1fr)]"
          items={[
            {
              term: "Agent",
              value: (
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <Link
                    href={`/agents/${agent.id}`}
                    className="underline underline-offset-2 hover:decoration-2"
                  >
                    {agent.name}
                  </Link>
                  <TierBadge tier={agent.tier} />
                  {agent.containment === null ? null : (
                    <ContainmentBadge level={agent.containment} />
                  )}
                </span>
              ),
            },
            {
              term: "Risk score",
              value: (
                <>
                  {agent.riskScore} of 100
                  {agent.riskFactors.map((words) => (
                    <span key={words} className="block text-[13px] text-muted-foreground">
                      {words}
                    </span>
                  ))}
                </>
              ),
            },
            { term: "Sponsor", value: sponsor?.name ?? "nobody" },
            ...(deputy === null ? [] : [{ term: "Deputy", value: deputy.name }]),
            { term: "Owner", value: owner.name },
            { term: "Opened", value: <Time iso={review.createdAt} /> },
            { term: "Due", value: <Time iso={review.dueAt} /> },
            {
              term: "Also open",
              value:
                agent.otherOpenReviews === 0 ? (
                  "nothing else of this agent"
                ) : (
                  <Link
                    href={`/reviews?agent=${agent.id}`}
                    className="underline underline-offset-2 hover:decoration-2"
                  >
                    {formatCount(agent.otherOpenReviews, "other review")} of this agent
                  </Link>
                ),
            },
          ]}
        />
      </CardContent>
    </Card>
  );
}

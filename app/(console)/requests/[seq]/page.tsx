import { BookLock, ChevronLeft, ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { TierBadge } from "@/components/agent/badges";
import { DecidedCard } from "@/components/behaviour/decided-card";
import { NeighboursCard } from "@/components/behaviour/neighbours-card";
import { OutcomeCard } from "@/components/behaviour/outcome-card";
import { TraceCard } from "@/components/behaviour/trace-card";
import { WordsCard } from "@/components/behaviour/words-card";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { AskedCard } from "@/components/review/asked-card";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { buttonVariants } from "@/components/ui/button";
import type { RequestView } from "@/lib/domain/behaviour/request-view";
import type { DecisionSurroundings } from "@/lib/domain/behaviour/view";
import { AppError } from "@/lib/domain/errors";
import { decidedRequest } from "@/lib/server/behaviour/request";
import { surroundings } from "@/lib/server/behaviour/surroundings";
import { newestPosition } from "@/lib/server/live";
import { requirePermission } from "@/lib/server/session";

/** What can change this page: what came of the act, its review, and what the agent asks next. */
const LIVE_KINDS = ["decision", "decision.outcome", "review.resolved", "review.escalated"];

export async function generateMetadata({
  params,
}: PageProps<"/requests/[seq]">): Promise<Metadata> {
  return { title: `Request ${(await params).seq}` };
}

export default async function RequestPage({ params }: PageProps<"/requests/[seq]">) {
  const ctx = await requirePermission("ledger:read");
  const after = await newestPosition();
  const seq = positionIn((await params).seq);
  const [view, around] = await Promise.all([
    decidedRequest(ctx, seq).catch(orNull),
    surroundings(ctx, seq).catch(orNull),
  ]);
  if (view === null) notFound();
  return (
    <>
      <PageHeader
        title={`${view.agent.name}: ${view.asked ?? "a request that can’t be read"}`}
        breadcrumb={[
          { label: "Agents", href: "/agents" },
          { label: view.agent.name, href: `/agents/${view.agent.id}?tab=behaviour` },
          { label: `Request ${seq}` },
        ]}
        badges={<Badges view={view} />}
        actions={<Actions seq={seq} around={around} after={after} />}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,34rem)]">
        <div className="grid min-w-0 gap-4">
          <AskedCard review={{ ...view, times: 1 }} />
          <WordsCard view={view} distances={around} />
          <DecidedCard view={view} />
          {view.outcome === "allow" ? <OutcomeCard outcome={around?.outcome ?? null} /> : null}
        </div>
        <div className="grid min-w-0 gap-4">
          {around === null ? (
            <NotReadYet />
          ) : (
            <>
              <TraceCard
                seq={seq}
                traceId={around.traceId}
                steps={view.trace}
                spans={around.spans}
              />
              <NeighboursCard agentId={view.agent.id} seq={seq} neighbours={around.neighbours} />
            </>
          )}
        </div>
      </div>
    </>
  );
}

function positionIn(text: string): number {
  if (!/^(?:0|[1-9]\d{0,14})$/.test(text)) notFound();
  return Number(text);
}

function orNull(error: unknown): null {
  if (error instanceof AppError && error.code === "not-found") return null;
  throw error;
}

function Badges({ view }: { readonly view: RequestView }) {
  return (
    <>
      <OutcomeBadge outcome={view.outcome} />
      <TierBadge tier={view.agent.tier} />
      {view.simulated ? <Badge tone="outline">Simulated workload</Badge> : null}
    </>
  );
}

function Actions({
  seq,
  around,
  after,
}: {
  readonly seq: number;
  readonly around: DecisionSurroundings | null;
  readonly after: number;
}) {
  const neighbours = around?.neighbours ?? [];
  return (
    <>
      <LiveRefresh kinds={LIVE_KINDS} after={after} />
      <Link href={`/ledger/${seq}`} className={buttonVariants({ variant: "outline", size: "sm" })}>
        <BookLock aria-hidden />
        Entry and proof
      </Link>
      <nav aria-label="The agent’s requests before and after" className="flex gap-1.5">
        <Step seq={neighbours.findLast((one) => one.seq < seq)?.seq ?? null} rel="prev">
          <ChevronLeft aria-hidden />
          Previous
        </Step>
        <Step seq={neighbours.find((one) => one.seq > seq)?.seq ?? null} rel="next">
          Next
          <ChevronRight aria-hidden />
        </Step>
      </nav>
    </>
  );
}

function Step({
  seq,
  rel,
  children,
}: {
  readonly seq: number | null;
  readonly rel: "prev" | "next";
  readonly children: ReactNode;
}) {
  const classes = buttonVariants({ variant: "outline", size: "sm" });
  return seq === null ? (
    <span className={`${classes} border-border text-muted-foreground`}>{children}</span>
  ) : (
    <Link href={`/requests/${seq}`} rel={rel} className={classes}>
      {children}
    </Link>
  );
}

/** The worker reads the ledger once a minute, and keeps steps for 45 days. */
function NotReadYet() {
  return (
    <Alert>
      <AlertTitle>What surrounds it is not known now</AlertTitle>
      <AlertDescription>
        The worker reads new requests within a minute and keeps what surrounds them for 45 days. The
        request itself and its proof stay.
      </AlertDescription>
    </Alert>
  );
}

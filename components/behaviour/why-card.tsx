import { Gauge } from "lucide-react";
import Link from "next/link";
import { ExplainDialog } from "@/components/behaviour/explain-dialog";
import { EmptyState } from "@/components/layout/empty-state";
import type { FormState } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { AssessmentView, ExplanationView, FactorView } from "@/lib/domain/behaviour/view";
import { formatNumber } from "@/lib/format";

const SHOWN_REQUESTS = 8;

export type Explain = (input: unknown) => Promise<FormState>;

/** Why the score is what it is: each factor in words with the very requests behind it, and what people have explained. */
export function WhyCard({
  agentId,
  assessment,
  explain,
}: {
  readonly agentId: string;
  /** null: not assessed yet */
  readonly assessment: AssessmentView | null;
  /** null for who may not explain */
  readonly explain: Explain | null;
}) {
  if (assessment === null) {
    return (
      <Card>
        <CardHeader>
          <CardTitle>Why this score</CardTitle>
        </CardHeader>
        <EmptyState
          icon={Gauge}
          title="Not assessed yet"
          description="An agent in production is assessed within a minute of its first request."
        />
      </Card>
    );
  }
  const { score, rawScore, factors, explanations, at, formula } = assessment;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Why is it {score}?</CardTitle>
        <CardDescription>
          Assessed <Time iso={at} relative /> by formula {formula}.{" "}
          {rawScore === score
            ? "No explanation lowers it."
            : `Without what people have explained it would be ${rawScore}.`}
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4 p-0">
        {factors.length === 0 ? (
          <EmptyState
            icon={Gauge}
            title="No factor adds to the score"
            description="The agent behaves as it always has."
          />
        ) : (
          <ol className="divide-y">
            {factors.map((factor) => (
              <FactorLine key={factor.signal} factor={factor} agentId={agentId} explain={explain} />
            ))}
          </ol>
        )}
        {explanations.length > 0 ? <Explanations explanations={explanations} /> : null}
      </CardContent>
    </Card>
  );
}

function FactorLine({
  factor,
  agentId,
  explain,
}: {
  readonly factor: FactorView;
  readonly agentId: string;
  readonly explain: Explain | null;
}) {
  const { label, points, adjustedPoints, explained, words, seqs, value } = factor;
  return (
    <li className="grid gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{label}</h3>
        {explained ? <Badge tone="info">Explained</Badge> : null}
        <span className="ml-auto whitespace-nowrap text-[13px] tabular-nums">
          <span className="font-medium">{formatNumber(adjustedPoints, 1)}</span> points
          {explained ? (
            <span className="text-muted-foreground"> of {formatNumber(points, 1)}</span>
          ) : null}
        </span>
      </div>
      <Progress
        value={value}
        max={1}
        label={`${label}: ${formatNumber(value, 2)} of 1`}
        tone={value >= 0.66 ? "block" : "hold"}
      />
      <p className="max-w-[80ch] text-[13px] text-pretty first-letter:uppercase">{words}.</p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Requests seqs={seqs} label={label} />
        {explain ? (
          <span className="ml-auto">
            <ExplainDialog agentId={agentId} factor={factor} explain={explain} />
          </span>
        ) : null}
      </div>
    </li>
  );
}

function Requests({ seqs, label }: { readonly seqs: readonly number[]; readonly label: string }) {
  if (seqs.length === 0) return null;
  return (
    <nav
      aria-label={`Requests behind: ${label}`}
      className="flex min-w-0 flex-wrap gap-x-2 gap-y-1.5 text-[13px]"
    >
      <span className="text-muted-foreground">Requests</span>
      {seqs.slice(0, SHOWN_REQUESTS).map((seq) => (
        <Link key={seq} href={`/requests/${seq}`} className="link tabular-nums">
          {seq}
        </Link>
      ))}
      {seqs.length > SHOWN_REQUESTS ? (
        <span className="text-muted-foreground">and {seqs.length - SHOWN_REQUESTS} more</span>
      ) : null}
    </nav>
  );
}

function Explanations({ explanations }: { readonly explanations: readonly ExplanationView[] }) {
  return (
    <section aria-label="Explanations in force" className="border-t px-4 py-3">
      <h3 className="mb-2 text-[13px] font-medium text-muted-foreground">Explanations in force</h3>
      <ul className="grid gap-3">
        {explanations.map(({ id, label, by, at, until, reason, seq }) => (
          <li key={id} className="grid gap-0.5 border-l-2 pl-3 text-[13px]">
            <p>
              <strong className="font-medium">{label}</strong>, by {by.name} on{" "}
              <Time iso={at} style="date" />, until <Time iso={until} />.{" "}
              <Link href={`/ledger/${seq}`} className="link">
                Entry {seq}
              </Link>
            </p>
            {reason === null ? (
              <p className="text-muted-foreground">Your roles do not include reading the reason.</p>
            ) : (
              <blockquote className="max-w-[72ch] whitespace-pre-line wrap-anywhere">
                “{reason}”
              </blockquote>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

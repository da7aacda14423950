import Link from "next/link";
import { ActionOutcomeBadge } from "@/components/behaviour/outcome-card";
import { RequestLine } from "@/components/behaviour/request-line";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Details } from "@/components/ui/collapsible";
import type { TraceStep } from "@/lib/domain/behaviour/request-view";
import type { SpanView } from "@/lib/domain/behaviour/view";
import { formatNumber } from "@/lib/format";

/** The task that the request belongs to: all its steps in order, and what the agent's own tracing tells of them. */
export function TraceCard({
  seq,
  traceId,
  steps,
  spans,
}: {
  readonly seq: number;
  readonly traceId: string | null;
  readonly steps: readonly TraceStep[];
  readonly spans: readonly SpanView[];
}) {
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>Its task, step by step</CardTitle>
        <CardDescription>
          {traceId === null ? (
            "The request names no trace."
          ) : (
            <>
              Trace <code className="font-mono text-xs">{traceId}</code>
            </>
          )}
        </CardDescription>
      </CardHeader>
      <CardContent className="p-0">
        {steps.length === 0 ? (
          <p className="p-4 text-[13px] text-muted-foreground">
            No steps are known: agents that send a trace id show their whole task here.
          </p>
        ) : (
          <ol className="divide-y">
            {steps.map((step) => (
              <RequestLine key={step.seq} line={step} here={step.seq === seq}>
                {step.actionOutcome === null ? null : (
                  <ActionOutcomeBadge status={step.actionOutcome} />
                )}
              </RequestLine>
            ))}
          </ol>
        )}
        {spans.length > 0 ? <Spans spans={spans} /> : null}
      </CardContent>
    </Card>
  );
}

const STATUS = { ok: ["OK", "allow"], error: ["Error", "block"], unset: ["", "neutral"] } as const;

function Spans({ spans }: { readonly spans: readonly SpanView[] }) {
  const depths = depthsOf(spans);
  return (
    <section aria-label="Spans of the agent’s own tracing" className="border-t">
      <h3 className="px-4 pt-3 pb-1 text-[13px] font-medium text-muted-foreground">
        Spans that the agent’s tracing sent
      </h3>
      <ol className="grid gap-1 px-4 pb-3 text-[13px]">
        {spans.map((span) => {
          const [words, tone] = STATUS[span.status];
          return (
            <li
              key={span.spanId}
              className="grid gap-1"
              style={{ paddingLeft: `${Math.min(6, depths.get(span.spanId) ?? 0) * 0.9}rem` }}
            >
              <span className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
                <span className="font-medium wrap-anywhere">{span.name}</span>
                {words === "" ? null : <Badge tone={tone}>{words}</Badge>}
                <span className="text-muted-foreground">{about(span)}</span>
                {span.decisionSeq === null ? null : (
                  <Link href={`/requests/${span.decisionSeq}`} className="link">
                    request {span.decisionSeq}
                  </Link>
                )}
              </span>
              {span.messages === null ? null : (
                <Details summary="What was said">
                  <CodeBlock label="Messages" code={span.messages} wrap />
                </Details>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function about({ ms, model, tool, errorType, inputTokens, outputTokens }: SpanView): string {
  const tokens =
    inputTokens === null && outputTokens === null
      ? null
      : `${formatNumber(inputTokens ?? 0)} tokens in, ${formatNumber(outputTokens ?? 0)} out`;
  return [`${formatNumber(ms, 0)} ms`, model, tool, tokens, errorType]
    .filter((part) => part !== null)
    .join(" · ");
}

/** How deep each span lies; a parent that is not here, or a ring, ends the count. */
function depthsOf(spans: readonly SpanView[]): ReadonlyMap<string, number> {
  const parents = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
  const depthOf = (spanId: string): number => {
    const seen = new Set([spanId]);
    let parent = parents.get(spanId) ?? null;
    while (parent !== null && parents.has(parent) && !seen.has(parent)) {
      seen.add(parent);
      parent = parents.get(parent) ?? null;
    }
    return seen.size - 1;
  };
  return new Map(spans.map(({ spanId }) => [spanId, depthOf(spanId)]));
}

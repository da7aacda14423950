import Link from "next/link";
import { Time } from "@/components/layout/time";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import type { ReviewView } from "@/lib/domain/review/view";

/** The agent's last steps before this one, newest first. */
export function StepsCard({ review }: { readonly review: ReviewView }) {
  const { steps, agent } = review;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Its last steps before</CardTitle>
        <CardAction>
          <Link
            href={`/ledger?agent=${agent.id}&kind=decision`}
            className="text-[13px] text-muted-foreground underline-offset-2 hover:underline"
          >
            All its decisions
          </Link>
        </CardAction>
      </CardHeader>
      <CardContent className="p-0">
        {steps.length === 0 ? (
          <p className="p-4 text-[13px] text-muted-foreground">This was its first request.</p>
        ) : (
          <ol className="divide-y">
            {steps.map((step) => (
              <li
                key={step.seq}
                className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline gap-x-3 gap-y-0.5 px-4 py-2 sm:grid-cols-[5rem_minmax(0,1fr)_auto]"
              >
                <OutcomeBadge outcome={step.outcome} />
                <span className="grid gap-0.5">
                  <Link
                    href={`/requests/${step.seq}`}
                    className="font-mono text-[13px] wrap-anywhere underline-offset-2 hover:underline"
                  >
                    {step.asked ?? "a request that can't be read"}
                  </Link>
                  {step.outcome === "allow" ? null : (
                    <span className="text-[13px] text-muted-foreground">
                      {describeReason(step.reason).title}
                    </span>
                  )}
                </span>
                <Time
                  iso={step.at}
                  style="second"
                  className="col-start-2 text-[13px] text-muted-foreground tabular-nums sm:col-start-3"
                />
              </li>
            ))}
          </ol>
        )}
      </CardContent>
    </Card>
  );
}

import Link from "next/link";
import { type Description, DescriptionList } from "@/components/layout/description-list";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ActionOutcome } from "@/lib/domain/behaviour/event";
import type { DecisionSurroundings } from "@/lib/domain/behaviour/view";
import { formatNumber } from "@/lib/format";

const WORDS = {
  success: ["Succeeded", "allow"],
  error: ["Failed", "block"],
  ambiguous: ["Ambiguous", "hold"],
} as const;

/** What an act came to, in a word with its tone. */
export function ActionOutcomeBadge({ status }: { readonly status: ActionOutcome }) {
  const [words, tone] = WORDS[status];
  return <Badge tone={tone}>{words}</Badge>;
}

/** What came of an allowed act, as the agent reported it. */
export function OutcomeCard({ outcome }: { readonly outcome: DecisionSurroundings["outcome"] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>What came of it</CardTitle>
        <CardDescription>As the agent reported it, with its key.</CardDescription>
      </CardHeader>
      <CardContent>
        {outcome === null ? (
          <p className="text-sm text-muted-foreground">
            The agent has not reported what came of this act.
          </p>
        ) : (
          <DescriptionList items={items(outcome)} />
        )}
      </CardContent>
    </Card>
  );
}

function items(outcome: NonNullable<DecisionSurroundings["outcome"]>): readonly Description[] {
  const { status, errorClass, records, bytes, at, reportSeq } = outcome;
  return [
    { term: "Outcome", value: <ActionOutcomeBadge status={status} /> },
    ...(errorClass === null ? [] : [{ term: "Kind of error", value: errorClass }]),
    ...(records === null ? [] : [{ term: "Records touched", value: formatNumber(records) }]),
    ...(bytes === null ? [] : [{ term: "Bytes moved", value: formatNumber(bytes) }]),
    { term: "Reported", value: <Time iso={at} style="second" /> },
    {
      term: "Recorded",
      value: (
        <Link href={`/ledger/${reportSeq}`} className="link">
          Entry {reportSeq}
        </Link>
      ),
    },
  ];
}

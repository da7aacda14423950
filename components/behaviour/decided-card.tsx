import Link from "next/link";
import { ContainmentBadge } from "@/components/agent/badges";
import { type Description, DescriptionList } from "@/components/layout/description-list";
import { Time } from "@/components/layout/time";
import { MissTable, Nearest } from "@/components/review/stopped-card";
import { WithCode } from "@/components/review/with-code";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { RequestView } from "@/lib/domain/behaviour/request-view";

const LEAD = {
  allow: "Why it was allowed",
  hold: "Why it waits",
  block: "Why it was blocked",
  deny: "Why it was denied",
} as const;

/** How the request was answered: the rule that it met or missed, and what stood at that moment. */
export function DecidedCard({ view }: { readonly view: RequestView }) {
  const { outcome, reasonTitle, reasonMeaning, reason, sentence, rule, miss, nearest, never } =
    view;
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          {LEAD[outcome]}: {reasonTitle.toLowerCase()}
        </CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="max-w-[72ch] text-pretty">
          <WithCode>{sentence === "" ? reasonMeaning : sentence}</WithCode>{" "}
          <code className="text-xs text-muted-foreground">{reason}</code>
        </p>
        {never === null ? null : (
          <p className="max-w-[72ch]">
            Never allowed (<code className="font-mono text-[13px]">{never.id}</code>):{" "}
            {never.because}
          </p>
        )}
        {rule === null || nearest !== null ? null : (
          <div className="grid gap-1.5">
            <h3 className="text-[13px] font-medium text-muted-foreground">
              {outcome === "block" ? "The rule in question" : "The rule that covers it"}:{" "}
              {rule.clusterId}, rule {rule.ruleIndex + 1}
            </h3>
            {rule.text === null ? null : <p className="max-w-[72ch]">{rule.text}</p>}
          </div>
        )}
        {miss === null ? null : <MissTable miss={miss} />}
        {nearest === null ? null : <Nearest nearest={nearest} />}
        <DescriptionList items={facts(view)} />
      </CardContent>
    </Card>
  );
}

function facts(view: RequestView): readonly Description[] {
  const { at, sponsor, review, riskScore, containment, granted } = view;
  return [
    { term: "Decided", value: <Time iso={at} style="second" /> },
    { term: "Accountable then", value: sponsor?.name ?? "Nobody" },
    { term: "Risk score then", value: riskScore },
    ...(containment === null
      ? []
      : [{ term: "Contained then", value: <ContainmentBadge level={containment} /> }]),
    ...(granted ? [{ term: "Grant", value: "A person had allowed it once" }] : []),
    ...(review === null
      ? []
      : [
          {
            term: "Review",
            value: (
              <Link href={`/reviews/${review.id}`} className="link">
                {review.state === "open"
                  ? "Open: waits for a person"
                  : `Resolved: ${RESOLUTIONS[review.resolution ?? ""] ?? review.resolution ?? "closed"}`}
              </Link>
            ),
          },
        ]),
  ];
}

const RESOLUTIONS: Readonly<Record<string, string>> = {
  uphold: "upheld",
  override: "allowed once",
  "confirm-target": "target confirmed for good",
  amend: "turned into an amendment",
  stop: "agent stopped",
};

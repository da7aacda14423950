import Link from "next/link";
import { WithCode } from "@/components/review/with-code";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import type { ReviewView } from "@/lib/domain/review/view";

/** Why the request was stopped, how far it missed, and which rule came nearest. */
export function StoppedCard({ review }: { readonly review: ReviewView }) {
  const { outcome, reason, sentence, miss, nearest, manifest } = review;
  const { title, meaning } = describeReason(reason);
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          {outcome === "hold" ? "Why it waits" : "Why it was blocked"}: {title.toLowerCase()}
        </CardTitle>
        <CardAction>
          {manifest === null ? null : (
            <Link
              href={`/manifests/${manifest.id}`}
              className="text-[13px] text-muted-foreground underline-offset-2 hover:underline"
            >
              Manifest version {manifest.version}
              {manifest.inForce ? "" : ", no longer in force"}
            </Link>
          )}
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="max-w-[72ch] text-pretty">
          <WithCode>{sentence === "" ? meaning : sentence}</WithCode>
        </p>
        {miss === null ? null : <MissTable miss={miss} />}
        {nearest === null ? null : <Nearest nearest={nearest} />}
      </CardContent>
    </Card>
  );
}

/** How far a request missed what would have been allowed. */
export function MissTable({ miss }: { readonly miss: NonNullable<ReviewView["miss"]> }) {
  const rows = [
    ["Asked", miss.asked],
    ["Allowed", miss.allowed],
  ] as const;
  return (
    <dl
      aria-label={`How far it missed: ${miss.what}`}
      className="grid overflow-hidden rounded-md border sm:grid-cols-2"
    >
      {rows.map(([term, value]) =>
        value === undefined ? null : (
          <div
            key={term}
            className="grid gap-0.5 px-3 py-2 not-first:border-t sm:not-first:border-t-0 sm:not-first:border-l"
          >
            <dt className="text-[13px] text-muted-foreground">
              {term} ({miss.what})
            </dt>
            <dd className="font-mono text-[13px] wrap-anywhere">{String(value)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** The rule that came nearest, and what differs. */
export function Nearest({ nearest }: { readonly nearest: NonNullable<ReviewView["nearest"]> }) {
  const { clusterId, ruleIndex, text, differs } = nearest;
  return (
    <div className="grid gap-1.5">
      <h3 className="text-[13px] font-medium text-muted-foreground">
        The rule that came nearest: {clusterId}, rule {ruleIndex + 1}
      </h3>
      {text === null ? null : <p className="max-w-[72ch]">{text}</p>}
      {differs.length === 0 ? null : (
        <ul className="list-disc pl-5 text-[13px]">
          {differs.map((difference) => (
            <li key={difference} className="wrap-anywhere">
              {difference}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

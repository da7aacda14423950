import { type Description, DescriptionList } from "@/components/layout/description-list";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import type { ReviewView } from "@/lib/domain/review/view";
import { formatCount, formatNumber } from "@/lib/format";

type Asked = Pick<ReviewView, "request" | "asked" | "times" | "currency"> & {
  readonly agent: Pick<ReviewView["agent"], "name">;
};

/** What the agent asked for, in one sentence and then in its parts. */
export function AskedCard({ review }: { readonly review: Asked }) {
  const { request, agent, asked, times } = review;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What was asked</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        {typeof request === "string" ? (
          <>
            <p className="text-base">
              <strong className="font-semibold">{agent.name}</strong> asked{" "}
              {asked === null ? "for something" : <Code>{asked}</Code>}.
            </p>
            <NotReadable why={request} />
          </>
        ) : (
          <>
            <p className="text-base leading-relaxed text-pretty">
              <strong className="font-semibold">{agent.name}</strong> asked to{" "}
              <strong className="font-semibold">{request.action.name.replaceAll("-", " ")}</strong>{" "}
              the {request.resource.type.replaceAll("-", " ")} <Code>{request.resource.id}</Code>
              {amount(request, review.currency)}, for its task{" "}
              <Code>{request.context.cluster}</Code>.
              {times > 1 ? ` It has asked ${formatNumber(times)} times.` : ""}
            </p>
            <DescriptionList items={parts(request, review.currency)} />
          </>
        )}
      </CardContent>
    </Card>
  );
}

function NotReadable({ why }: { readonly why: "withheld" | "erased" }) {
  return why === "withheld" ? (
    <Alert>
      <AlertTitle>Your roles do not read the details of requests</AlertTitle>
      <AlertDescription>Sponsors, owners, compliance and auditors do.</AlertDescription>
    </Alert>
  ) : (
    <Alert tone="hold">
      <AlertTitle>The details were erased</AlertTitle>
      <AlertDescription>
        The ledger still proves that the request was made and how it was decided.
      </AlertDescription>
    </Alert>
  );
}

function Code({ children }: { readonly children: string }) {
  return (
    <code className="rounded-sm bg-muted px-1 py-0.5 font-mono text-[0.9em] wrap-anywhere">
      {children}
    </code>
  );
}

function money(amount: number, currency: string | null): string {
  if (currency === null) return formatNumber(amount);
  return new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(amount);
}

function amount({ context }: EvaluationRequest, currency: string | null): string {
  const { records, spend } = context;
  const said = [
    spend === undefined || spend === 0 ? "" : `spending ${money(spend, currency)}`,
    records === undefined || records === 0 ? "" : `touching ${formatCount(records, "record")}`,
  ].filter(Boolean);
  return said.length > 0 ? `, ${said.join(" and ")}` : "";
}

/** Everything in the request that can bear on the decision; what the agent says of itself stands in its own card. */
function parts(request: EvaluationRequest, currency: string | null): readonly Description[] {
  const { action, resource, context } = request;
  const optional: readonly (readonly [string, string | number | undefined])[] = [
    ["Data class", context.dataClass],
    ["Spend", context.spend === undefined ? undefined : money(context.spend, currency)],
    ["Records", context.records === undefined ? undefined : formatNumber(context.records)],
    ["Destination", context.destination],
    ["Step", context.step],
    ["Trace", context.traceId],
  ];
  const properties = { ...action.properties, ...resource.properties };
  return [
    ...optional.flatMap(([term, value]) =>
      value === undefined ? [] : [{ term, value: String(value) }],
    ),
    ...Object.entries(properties).map(([name, value]) => ({
      key: `property-${name}`,
      term: name,
      value: Array.isArray(value) ? value.join(", ") : String(value),
    })),
  ];
}

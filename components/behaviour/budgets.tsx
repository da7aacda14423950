import { NoFigures } from "@/components/behaviour/no-figures";
import { ThresholdLine } from "@/components/charts/threshold-line";
import { shortDay } from "@/components/charts/time-axis";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { BudgetBurn } from "@/lib/domain/behaviour/view";
import { MEASURES, type Measure, type Period } from "@/lib/domain/policy/budgets";
import { formatNumber, formatPercent } from "@/lib/format";

const NAMES: Readonly<Record<Measure, string>> = {
  requests: "Requests",
  records: "Records",
  spend: "Spend",
};
const NOW: Readonly<Record<Period, string>> = {
  minute: "this minute",
  hour: "this hour",
  day: "today",
};

/** How much of each budget of the manifest in force is used, now and day by day. */
export function Budgets({ burn }: { readonly burn: BudgetBurn }) {
  if (burn.limits.length === 0) {
    return <NoFigures title="Budgets" words="No manifest with a budget is in force." />;
  }
  const daily = MEASURES.filter((measure) =>
    burn.limits.some((limit) => limit.measure === measure && limit.period === "day"),
  );
  return (
    <>
      <Meters burn={burn} />
      {daily.map((measure) => (
        <Daily key={measure} measure={measure} burn={burn} />
      ))}
    </>
  );
}

function Meters({ burn: { limits, currency } }: { readonly burn: BudgetBurn }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Budgets</CardTitle>
        <CardDescription>What is left of each, in the present minute, hour or day.</CardDescription>
      </CardHeader>
      <CardContent>
        <ul className="grid gap-3">
          {limits.map(({ measure, period, limit, used }) => {
            const name = `${NAMES[measure]} ${NOW[period]}`;
            const left = Math.max(0, limit - used);
            return (
              <li key={name} className="grid gap-1 text-[13px]">
                <p className="flex flex-wrap justify-between gap-x-3">
                  <span className="font-medium">{name}</span>
                  <span className="text-muted-foreground">
                    {amount(left, measure, currency)} left of {amount(limit, measure, currency)}
                  </span>
                </p>
                <Progress
                  value={used}
                  max={limit}
                  label={`${name}: ${amount(used, measure, currency)} used of ${amount(limit, measure, currency)}`}
                  tone={toneOf(limit === 0 ? 1 : used / limit)}
                />
              </li>
            );
          })}
        </ul>
      </CardContent>
    </Card>
  );
}

function toneOf(share: number): "primary" | "hold" | "block" {
  if (share >= 1) return "block";
  return share >= 0.8 ? "hold" : "primary";
}

/** Spend is in minor units. */
function amount(value: number, measure: Measure, currency: string | null): string {
  if (measure !== "spend") return formatNumber(value);
  if (currency === null) return formatNumber(value / 100);
  return new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(value / 100);
}

function Daily({ measure, burn }: { readonly measure: Measure; readonly burn: BudgetBurn }) {
  const { limits, days, currency } = burn;
  const limit = limits.find((one) => one.measure === measure && one.period === "day")?.limit ?? 0;
  const units = measure === "spend" ? 100 : 1;
  const values = days.map((day) => day[measure] / units);
  const most = Math.max(0, ...values);
  const unit = measure === "spend" && currency !== null ? ` (${currency})` : "";
  return (
    <ThresholdLine
      title={`${NAMES[measure]} a day against the budget`}
      summary={`On the fullest of ${days.length} days, ${amount(most * units, measure, currency)}${limit === 0 ? "" : `, ${formatPercent((most * units) / limit)} of today’s budget`}. The budget is ${amount(limit, measure, currency)}.`}
      xLabel="Day (UTC)"
      yLabel={`${NAMES[measure]}${unit}`}
      max={Math.max(limit / units, most)}
      points={days.map(({ day }, index) => ({
        x: shortDay(Date.parse(`${day}T00:00:00Z`), "UTC"),
        y: values[index] ?? 0,
      }))}
      thresholds={[{ value: limit / units, label: "Budget a day", color: "var(--block)" }]}
    />
  );
}

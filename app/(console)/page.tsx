import { Check } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { Stat } from "@/components/layout/stat";
import { ActsCard } from "@/components/today/acts-card";
import { NeedCard } from "@/components/today/need-card";
import { Card, CardContent } from "@/components/ui/card";
import type { NeedSection } from "@/lib/domain/today/view";
import { formatCount, formatInstant, formatNumber } from "@/lib/format";
import { newestPosition } from "@/lib/server/live";
import { requirePermission } from "@/lib/server/session";
import { today } from "@/lib/server/today/queries";

export const metadata: Metadata = { title: "Today" };

/** What can change this page. */
const LIVE_KINDS = [
  "decision",
  "review.resolved",
  "review.escalated",
  "containment.applied",
  "containment.lifted",
  "risk.rescored",
  "manifest.drafted",
  "manifest.submitted",
  "manifest.returned",
  "manifest.approved",
  "manifest.revoked",
  "sponsor.assigned",
  "training.certified",
];

export default async function TodayPage() {
  const ctx = await requirePermission("today:read");
  const after = await newestPosition();
  const view = await today(ctx, { sessionId: ctx.sessionId });
  const waiting = view.sections.filter(({ total }) => total > 0);
  const clear = view.sections.filter(({ total }) => total === 0);
  return (
    <>
      <PageHeader
        title="Today"
        description={`${ctx.person.name}, ${formatInstant(ctx.now.toISOString(), ctx.timeZone, "date")}. ${summary(waiting)}`}
        actions={<LiveRefresh kinds={LIVE_KINDS} after={after} />}
      />
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {view.figures.map(({ value, ...figure }) => (
          <Stat key={figure.label} {...figure} value={formatNumber(value)} />
        ))}
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid gap-4">
          {waiting.map((section) => (
            <NeedCard key={section.kind} section={section} />
          ))}
          {clear.length === 0 ? null : <Clear sections={clear} />}
        </div>
        <ActsCard acts={view.acts} since={view.since} newActs={view.newActs} />
      </div>
    </>
  );
}

function summary(waiting: readonly NeedSection[]): string {
  const total = waiting.reduce((sum, section) => sum + section.total, 0);
  if (total === 0) return "Nothing waits for you.";
  return `${formatCount(total, "thing needs", "things need")} your attention.`;
}

/** What was looked at and is in order: an empty page must not look like a broken one. */
function Clear({ sections }: { readonly sections: readonly NeedSection[] }) {
  return (
    <Card>
      <CardContent>
        <ul className="grid gap-1.5">
          {sections.map((section) => (
            <li key={section.kind} className="flex items-start gap-2 text-[13px]">
              <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-allow" />
              <Link href={section.href} className="underline-offset-2 hover:underline">
                {section.empty}
              </Link>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}

import { ClockBadge } from "@/components/incident/badges";
import { Time } from "@/components/layout/time";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ClockView } from "@/lib/domain/incident/view";

/** The limit of each report, how it is counted, and which way of counting governs. */
export function ClocksCard({ clocks }: { readonly clocks: readonly ClockView[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Reporting clocks</CardTitle>
        <CardDescription>
          One event can start several. Nobody can stop a clock; a report that can’t be in time is
          announced to the authority before the limit, with reasons.
        </CardDescription>
      </CardHeader>
      <CardContent>
        {clocks.length === 0 ? (
          <p className="text-sm text-muted-foreground">
            By the assessments as they stand, no report falls due.
          </p>
        ) : (
          <ol className="grid gap-4">
            {clocks.map((clock) => (
              <ClockItem key={clock.kind} clock={clock} />
            ))}
          </ol>
        )}
      </CardContent>
    </Card>
  );
}

function ClockItem({ clock }: { readonly clock: ClockView }) {
  const { label, source, state, due, limbs, submittedAt, note } = clock;
  return (
    <li className="grid gap-1 border-l-2 pl-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="font-medium">{label}</h3>
        <ClockBadge state={state} />
      </div>
      {due === null ? null : (
        <p>
          Due <Time iso={due} className="font-medium" /> (<Time iso={due} relative />)
        </p>
      )}
      {submittedAt === null ? null : (
        <p>
          Sent <Time iso={submittedAt} />
        </p>
      )}
      {limbs.length === 0 ? null : (
        <ul className="grid gap-0.5 text-[13px] text-muted-foreground">
          {limbs.map((limb) => (
            <li key={limb.words}>
              <Time iso={limb.at} />: {limb.words}
              {limb.governs && limbs.length > 1 ? (
                <strong className="font-medium text-foreground"> (governs)</strong>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {note === "" ? null : <p className="text-[13px] text-muted-foreground">{note}</p>}
      <p className="text-[13px] text-muted-foreground">{source}</p>
    </li>
  );
}

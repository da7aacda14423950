"use client";

import { Siren } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { CONTAINMENT_WORDS } from "@/components/agent/badges";
import { EmptyState } from "@/components/layout/empty-state";
import type { FormState } from "@/components/layout/form-status";
import { FormStatus } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { useAct } from "@/components/layout/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
import type { DrillView } from "@/lib/domain/containment/view";
import { formatDuration } from "@/lib/format";

type Act = (input: unknown) => Promise<FormState>;
type Reader = { readonly id: string; readonly oversees: boolean };

/** Rehearsals of a containment: who was told, who said when that they had seen it. */
export function DrillsCard({
  drills,
  reader,
  acknowledge,
  end,
  start = null,
}: {
  readonly drills: readonly DrillView[];
  readonly reader: Reader;
  readonly acknowledge: Act;
  readonly end: Act;
  /** the way to begin one, where the reader may */
  readonly start?: ReactNode;
}) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Drills</CardTitle>
        <CardDescription>
          A rehearsal tells everybody who would be told, and contains nothing. What comes of it is
          evidence.
        </CardDescription>
        {start === null ? null : <CardAction>{start}</CardAction>}
      </CardHeader>
      {drills.length === 0 ? (
        <EmptyState
          icon={Siren}
          title="No drill yet"
          description="A drill is begun on an agent’s page, under Containment."
        />
      ) : (
        <CardContent>
          <ul className="grid gap-4">
            {drills.map((drill) => (
              <Drill
                key={drill.id}
                drill={drill}
                reader={reader}
                acknowledge={acknowledge}
                end={end}
              />
            ))}
          </ul>
        </CardContent>
      )}
    </Card>
  );
}

function Drill({
  drill,
  reader,
  acknowledge,
  end,
}: {
  readonly drill: DrillView;
  readonly reader: Reader;
  readonly acknowledge: Act;
  readonly end: Act;
}) {
  const { agent, level, notices, endedAt, startedAt, startedBy } = drill;
  const running = endedAt === null;
  const own = notices.find(({ person }) => person.id === reader.id);
  const seen = notices.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length;
  return (
    <li className="grid gap-2 border-l-2 pl-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={`/agents/${agent.id}?tab=containment`} className="link font-medium">
          {agent.name}
        </Link>
        <span>{CONTAINMENT_WORDS[level]}</span>
        <Badge tone={running ? "hold" : "neutral"}>{running ? "Under way" : "Over"}</Badge>
        <span className="text-muted-foreground">
          {seen} of {notices.length} acknowledged
        </span>
      </div>
      <p className="flex flex-wrap gap-x-2 text-[13px] text-muted-foreground">
        <span>
          {startedBy.name}, <Time iso={startedAt} />
        </span>
        <Link href={`/ledger/${drill.endedSeq ?? drill.seq}`} className="link">
          entry {drill.endedSeq ?? drill.seq}
        </Link>
      </p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
        {notices.map(({ person, seconds }) => (
          <li key={person.id}>
            {person.name}:{" "}
            <span className="text-muted-foreground">
              {seconds === null ? "not acknowledged" : `after ${formatDuration(seconds)}`}
            </span>
          </li>
        ))}
      </ul>
      {running ? (
        <div className="flex flex-wrap gap-2">
          {own?.acknowledgedAt === null ? (
            <ActButton act={() => acknowledge({ drillId: drill.id })} variant="default">
              I have seen it
            </ActButton>
          ) : null}
          {reader.oversees || startedBy.id === reader.id ? (
            <ActButton act={() => end({ drillId: drill.id })} variant="outline">
              End the drill
            </ActButton>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

function ActButton({
  act,
  variant,
  children,
}: {
  readonly act: () => Promise<FormState>;
  readonly variant: "default" | "outline";
  readonly children: ReactNode;
}) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  return (
    <div className="grid gap-2">
      <Button
        size="sm"
        variant={variant}
        disabled={pending}
        onClick={() =>
          run(act, ({ message }) => {
            toast.success(message ?? "Recorded in the ledger");
            router.refresh();
          })
        }
      >
        {children}
      </Button>
      {state.status === "error" ? <FormStatus state={state} /> : null}
    </div>
  );
}

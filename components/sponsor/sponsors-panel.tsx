import { Users } from "lucide-react";
import type { ReactNode } from "react";
import { TrainingBadge } from "@/components/agent/badges";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import type { SponsorshipView } from "@/lib/domain/agent/view";
import type { SponsorKind } from "@/lib/domain/sponsor/eligibility";
import { MODULES, type ModuleId } from "@/lib/domain/training/competence";

const WORDS: Readonly<Record<SponsorKind, { title: string; meaning: string; nobody: string }>> = {
  sponsor: {
    title: "Sponsor",
    meaning: "Answers for the agent: approves its manifests, decides its reviews.",
    nobody: "Nobody. Every request of the agent is refused.",
  },
  deputy: {
    title: "Deputy",
    meaning: "Stands in while the sponsor is inactive.",
    nobody: "Nobody stands in for the sponsor.",
  },
};

/** Who answers for the agent now, by kind. */
export function OfficeCard({
  kind,
  sponsorship,
  action,
  training,
}: {
  readonly kind: SponsorKind;
  readonly sponsorship: SponsorshipView | null;
  readonly action: ReactNode;
  /** records training of this person, for who may */
  readonly training: ReactNode;
}) {
  const words = WORDS[kind];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{words.title}</CardTitle>
        <CardDescription>{words.meaning}</CardDescription>
        <CardAction>{action}</CardAction>
      </CardHeader>
      <CardContent className="grid gap-2 text-sm">
        {sponsorship ? (
          <>
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{sponsorship.person.name}</span>
              {sponsorship.acting ? <Badge tone="info">Acting</Badge> : null}
              {sponsorship.person.active ? null : <Badge tone="deny">Deactivated</Badge>}
              {sponsorship.person.holdsRole ? null : (
                <Badge tone="deny">No longer holds the role</Badge>
              )}
              <TrainingBadge competent={sponsorship.training.competent} />
            </p>
            <p className="text-muted-foreground">
              Since <Time iso={sponsorship.fromAt} />
            </p>
            <TrainingState training={sponsorship.training} />
            {training}
          </>
        ) : (
          <p className={kind === "sponsor" ? "text-block" : "text-muted-foreground"}>
            {words.nobody}
          </p>
        )}
      </CardContent>
    </Card>
  );
}

function titleOf(id: ModuleId): string {
  return MODULES.find((module) => module.id === id)?.title ?? id;
}

function TrainingState({ training }: { readonly training: SponsorshipView["training"] }) {
  const { missing, expiring, competentUntil } = training;
  if (missing.length > 0) {
    return (
      <div>
        <p>Training missing for this tier: can’t approve, override or lift. May always stop.</p>
        <ul className="list-disc pl-4">
          {missing.map((id) => (
            <li key={id}>
              {id.toUpperCase()} {titleOf(id)}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div>
      {competentUntil ? (
        <p>
          Training current until <Time iso={competentUntil} style="date" />
        </p>
      ) : null}
      {expiring.length > 0 ? (
        <ul className="list-disc pl-4 text-hold">
          {expiring.map(({ module, expiresAt }) => (
            <li key={module}>
              {module.toUpperCase()} {titleOf(module)} ends <Time iso={expiresAt} style="date" />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Everybody who ever answered for the agent, newest first. */
export function SponsorshipHistory({
  sponsorships,
}: {
  readonly sponsorships: readonly SponsorshipView[];
}) {
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>History</CardTitle>
        <CardDescription>Assignments end; they are never overwritten.</CardDescription>
      </CardHeader>
      {sponsorships.length === 0 ? (
        <EmptyState icon={Users} title="Nobody has ever answered for this agent" />
      ) : (
        <Table label="Sponsors over time">
          <TableHeader>
            <tr>
              <TableHead>Person</TableHead>
              <TableHead>As</TableHead>
              <TableHead>From</TableHead>
              <TableHead>To</TableHead>
            </tr>
          </TableHeader>
          <TableBody>
            {sponsorships.map(({ id, person, kind, fromAt, toAt }) => (
              <TableRow key={id}>
                <TableCell>{person.name}</TableCell>
                <TableCell>{WORDS[kind].title}</TableCell>
                <TableCell className="whitespace-nowrap">
                  <Time iso={fromAt} />
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  {toAt ? <Time iso={toAt} /> : <Badge tone="allow">In office</Badge>}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

"use client";

import { ArrowRight, CircleCheck, Hand, type LucideIcon, OctagonX } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Time } from "@/components/layout/time";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import type { BacktestView } from "@/lib/domain/manifest/view";
import { type Outcome, REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { formatCount, formatNumber } from "@/lib/format";

type Result = BacktestView["result"];
type Row = Result["newlyAllowed"][number];

const GROUPS: readonly {
  readonly id: "newlyAllowed" | "newlyHeld" | "newlyBlocked";
  readonly count: keyof Result["counts"];
  readonly icon: LucideIcon;
  readonly tone: BadgeTone;
  readonly title: string;
  readonly none: string;
}[] = [
  {
    id: "newlyAllowed",
    count: "allowed",
    icon: CircleCheck,
    tone: "block",
    title: "Newly allowed",
    none: "Nothing that was refused or held would have been allowed.",
  },
  {
    id: "newlyHeld",
    count: "held",
    icon: Hand,
    tone: "hold",
    title: "Newly held for a person",
    none: "Nothing more would have waited for a person.",
  },
  {
    id: "newlyBlocked",
    count: "blocked",
    icon: OctagonX,
    tone: "info",
    title: "Newly blocked",
    none: "Nothing that was allowed would have been blocked.",
  },
];

/** What would have gone otherwise, each row leading to the request as it was recorded. */
export function BacktestRows({ result }: { readonly result: Result }) {
  return (
    <div className="grid gap-5">
      {result.truncated ? (
        <p className="text-[13px] text-muted-foreground">
          There were more requests than are replayed; these are the latest{" "}
          {formatNumber(result.total)}.
        </p>
      ) : null}
      {GROUPS.map((group) => (
        <Group
          key={group.id}
          group={group}
          rows={result[group.id]}
          count={result.counts[group.count]}
        />
      ))}
    </div>
  );
}

const FEW = 6;

function Group({
  group,
  rows,
  count,
}: {
  readonly group: (typeof GROUPS)[number];
  readonly rows: readonly Row[];
  readonly count: number;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FEW);
  return (
    <section className="grid min-w-0 gap-2" aria-label={group.title}>
      <h3 className="flex items-center gap-2 text-sm font-semibold">
        <Badge tone={count === 0 ? "neutral" : group.tone}>
          <group.icon aria-hidden />
          {formatNumber(count)}
        </Badge>
        {group.title}
      </h3>
      {rows.length === 0 ? (
        <p className="text-sm text-muted-foreground">{group.none}</p>
      ) : (
        <div className="min-w-0 overflow-hidden rounded-md border">
          <Table label={`${group.title}: requests`}>
            <TableHeader>
              <tr>
                <TableHead>Request</TableHead>
                <TableHead>Asked for</TableHead>
                <TableHead>Got</TableHead>
                <TableHead>Would get</TableHead>
              </tr>
            </TableHeader>
            <TableBody>
              {shown.map((row) => (
                <TableRow key={row.seq}>
                  <TableCell className="whitespace-nowrap">
                    <Link className="link" href={`/ledger/${row.seq}`}>
                      #{row.seq}
                    </Link>
                    <span className="block text-xs text-muted-foreground">
                      <Time iso={row.at} />
                    </span>
                  </TableCell>
                  <TableCell className="min-w-44">
                    <span className="font-medium">{row.action}</span>{" "}
                    <span className="font-mono text-xs wrap-anywhere">{row.resource}</span>
                    <span className="block text-xs text-muted-foreground">{row.cluster}</span>
                  </TableCell>
                  <TableCell>
                    <Answer answer={row.before} />
                  </TableCell>
                  <TableCell>
                    <span className="flex items-start gap-1.5">
                      <ArrowRight
                        className="mt-0.5 size-3.5 shrink-0 text-muted-foreground"
                        aria-hidden
                      />
                      <Answer answer={row.after} />
                    </span>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          {rows.length > FEW ? (
            <div className="border-t px-3 py-1.5">
              <Button variant="ghost" size="sm" onClick={() => setAll(!all)} aria-expanded={all}>
                {all ? "Show fewer" : `Show ${formatCount(rows.length, "request")}`}
              </Button>
              {count > rows.length ? (
                <span className="text-[13px] text-muted-foreground">
                  {" "}
                  of {formatNumber(count)}; the others are not listed.
                </span>
              ) : null}
            </div>
          ) : null}
        </div>
      )}
    </section>
  );
}

const OUTCOME_LOOKS: Readonly<Record<Outcome, { tone: BadgeTone; word: string }>> = {
  allow: { tone: "allow", word: "allowed" },
  hold: { tone: "hold", word: "held" },
  block: { tone: "block", word: "blocked" },
  deny: { tone: "deny", word: "denied" },
};

/** A code that this version does not know is shown as it stands. */
function reasonWords(reason: string): string {
  return isReason(reason) ? describeReason(reason).title : reason;
}

function isReason(reason: string): reason is ReasonCode {
  return Object.hasOwn(REASONS, reason);
}

function Answer({ answer }: { readonly answer: Row["before"] }) {
  const look = OUTCOME_LOOKS[answer.outcome];
  return (
    <span className="grid justify-items-start gap-0.5">
      <Badge tone={look.tone}>{look.word}</Badge>
      {answer.outcome === "allow" ? null : (
        <span className="text-xs text-muted-foreground">{reasonWords(answer.reason)}</span>
      )}
    </span>
  );
}

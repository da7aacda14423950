import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DescriptionList } from "@/components/layout/description-list";
import { PageHeader } from "@/components/layout/page-header";
import { EntryFacts } from "@/components/ledger/entry-facts";
import { EntryProof } from "@/components/ledger/entry-proof";
import { EntryWords } from "@/components/ledger/entry-words";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { Badge } from "@/components/ui/badge";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Details } from "@/components/ui/collapsible";
import { AppError } from "@/lib/domain/errors";
import { KIND_LABEL } from "@/lib/domain/ledger/describe";
import type { EntryRow } from "@/lib/domain/ledger/view";
import { getEntry } from "@/lib/server/ledger/queries";
import { requirePermission, type SessionCtx } from "@/lib/server/session";

export async function generateMetadata({ params }: PageProps<"/ledger/[seq]">): Promise<Metadata> {
  return { title: `Ledger entry ${(await params).seq}` };
}

export default async function EntryPage({ params }: PageProps<"/ledger/[seq]">) {
  const ctx = await requirePermission("ledger:read");
  const entry = await entryOr404(ctx, (await params).seq);
  const { row, previous, next } = entry;
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: "Ledger", href: "/ledger" }, { label: `Entry ${row.seq}` }]}
        title={titleOf(row)}
        badges={<Badges row={row} />}
        description={row.summary}
        actions={
          <>
            {row.kind === "decision" ? (
              <Link
                href={`/requests/${row.seq}`}
                className={buttonVariants({ variant: "outline", size: "sm" })}
              >
                The whole request
              </Link>
            ) : null}
            <nav aria-label="Neighbours" className="flex gap-1.5">
              <Neighbour seq={previous} rel="prev">
                <ChevronLeft aria-hidden />
                Previous
              </Neighbour>
              <Neighbour seq={next} rel="next">
                Next
                <ChevronRight aria-hidden />
              </Neighbour>
            </nav>
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card>
          <CardHeader>
            <CardTitle>What was recorded</CardTitle>
          </CardHeader>
          <CardContent className="grid gap-4">
            <EntryFacts entry={entry} />
            <Details summary="The entry as it was hashed">
              <CodeBlock label="Canonical JSON (RFC 8785)" code={entry.canonical} wrap />
            </Details>
          </CardContent>
        </Card>
        <div className="grid gap-4">
          <Card>
            <CardHeader>
              <CardTitle>Proof</CardTitle>
            </CardHeader>
            <CardContent className="grid gap-4">
              <EntryProof
                entry={{
                  seq: row.seq,
                  canonical: entry.canonical,
                  leafHash: entry.leafHash,
                  proof: entry.proof,
                  detail: entry.detail,
                }}
              />
              <DescriptionList
                items={[
                  { term: "Position", value: `${row.seq} (the first entry is 0)` },
                  {
                    term: "Leaf hash",
                    value: <code className="font-mono text-xs break-all">{entry.leafHash}</code>,
                  },
                ]}
              />
            </CardContent>
          </Card>
          <Card>
            <CardHeader>
              <CardTitle>Words</CardTitle>
            </CardHeader>
            <CardContent>
              <EntryWords detail={entry.detail} />
            </CardContent>
          </Card>
        </div>
      </div>
    </>
  );
}

async function entryOr404(ctx: SessionCtx, text: string) {
  if (!/^(?:0|[1-9]\d{0,14})$/.test(text)) notFound();
  try {
    return await getEntry(ctx, Number(text));
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}

function titleOf({ kind, agent }: EntryRow): string {
  if (kind === null) return "Unreadable entry";
  return agent === null ? KIND_LABEL[kind] : `${KIND_LABEL[kind]}: ${agent.name}`;
}

function Badges({ row }: { readonly row: EntryRow }) {
  return (
    <>
      {row.outcome === null ? null : <OutcomeBadge outcome={row.outcome} />}
      {row.simulated ? <Badge tone="outline">Simulated workload</Badge> : null}
    </>
  );
}

function Neighbour({
  seq,
  rel,
  children,
}: {
  readonly seq: number | null;
  readonly rel: "prev" | "next";
  readonly children: React.ReactNode;
}) {
  const classes = buttonVariants({ variant: "outline", size: "sm" });
  return seq === null ? (
    <span className={`${classes} border-border text-muted-foreground`}>{children}</span>
  ) : (
    <Link href={`/ledger/${seq}`} rel={rel} className={classes}>
      {children}
    </Link>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import { type Description, DescriptionList } from "@/components/layout/description-list";
import { Time } from "@/components/layout/time";
import type { EntryView } from "@/lib/domain/ledger/view";
import { formatNumber } from "@/lib/format";

/** Fields that stand above the list already, or that say nothing to a person. */
const ELSEWHERE = new Set(["v", "kind", "outcome", "simulated"]);
const TERMS: Readonly<Record<string, string>> = {
  at: "Recorded",
  agentId: "Agent",
  personId: "Done by",
  sponsorId: "Accountable sponsor",
  subjectId: "Person",
  ownerId: "Owner",
  previousId: "Before",
  manifestId: "Manifest",
  supersedes: "Supersedes",
  reviewId: "Review",
  manifestVersion: "Manifest version",
  legalEntityId: "Legal entity",
  riskScore: "Risk score then",
  dataClass: "Data class",
  resourceType: "Resource type",
  grantId: "Single-use grant",
  jkt: "Key thumbprint",
  tokenHash: "Token hash",
  tokenHashes: "Token hashes",
  secondsOpen: "Seconds open",
  agentKind: "Kind of agent",
  statementDigest: "Statement digest",
  backtestDigest: "Backtest digest",
  commitment: "Commitment to its words",
  cluster: "Task cluster",
  rule: "Rule",
  incidentId: "Incident",
  containmentId: "Containment",
  drillId: "Drill",
  dueAt: "Due",
  submittedAt: "Sent",
};
const TIMES = new Set(["at", "expiresAt", "dueAt", "submittedAt"]);
const HREF: Readonly<Record<string, string>> = {
  agentId: "/agents",
  manifestId: "/manifests",
  supersedes: "/manifests",
  reviewId: "/reviews",
  incidentId: "/incidents",
};

/** Every field of an entry's body, in words, with links to what it names. */
export function EntryFacts({ entry }: { readonly entry: Pick<EntryView, "body" | "names"> }) {
  if (entry.body === null) return null;
  const items = Object.entries(entry.body).flatMap(([field, value]): Description[] =>
    ELSEWHERE.has(field) || value === null
      ? []
      : [
          {
            key: field,
            term: termOf(field, value),
            value: show(field, value, entry.names),
          },
        ],
  );
  return <DescriptionList items={items} />;
}

/** A decision's rule is its number in the manifest, a containment's the name of the rule that fired. */
function termOf(field: string, value: unknown): string {
  if (field === "rule" && typeof value === "number") return "Rule (from 0)";
  return TERMS[field] ?? sentenceCase(field);
}

function show(field: string, value: unknown, names: EntryView["names"]): ReactNode {
  if (typeof value === "number") return formatNumber(value);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.length === 0 ? "none" : value.map((one) => names[one] ?? one).join(", ");
  }
  if (typeof value !== "string")
    return <code className="font-mono text-xs">{JSON.stringify(value)}</code>;
  if (TIMES.has(field)) return <Time iso={value} style="second" />;
  const name = names[value];
  const base = HREF[field];
  if (base !== undefined) {
    return (
      <Link href={`${base}/${value}`} className="underline underline-offset-2">
        {name ?? <code className="font-mono text-xs">{value}</code>}
      </Link>
    );
  }
  if (name !== undefined) {
    return (
      <>
        {name} <code className="font-mono text-xs text-muted-foreground">{value}</code>
      </>
    );
  }
  return (
    <span className={/^[A-Za-z0-9_-]{43}$/.test(value) ? "font-mono text-xs break-all" : ""}>
      {value}
    </span>
  );
}

function sentenceCase(field: string): string {
  const words = field.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

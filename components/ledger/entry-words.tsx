import { type Description, DescriptionList } from "@/components/layout/description-list";
import { CodeBlock } from "@/components/ui/code-block";
import { Details } from "@/components/ui/collapsible";
import type { Json } from "@/lib/domain/crypto/canonical-json";
import type { DetailView } from "@/lib/domain/ledger/view";

const WHY_NOT = {
  none: "This entry has no words and no personal details.",
  withheld:
    "The words and personal details of this entry are withheld: your roles do not include reading them.",
  erased:
    "The words and personal details of this entry were erased. The entry still commits to them, and its proof still holds.",
} as const;

/** More than this is not read line by line. */
const MAX_LINES = 60;

/** The words and personal details that an entry commits to, or why they are not here. */
export function EntryWords({ detail }: { readonly detail: DetailView }) {
  if (detail.state !== "present") {
    return <p className="text-sm text-muted-foreground">{WHY_NOT[detail.state]}</p>;
  }
  const lines = flatten(detail.detail, []);
  const code = <CodeBlock label="JSON" code={JSON.stringify(detail.detail, null, 2)} wrap />;
  if (lines.length > MAX_LINES) return code;
  return (
    <div className="grid gap-4">
      <DescriptionList items={lines} />
      <Details summary="As JSON">{code}</Details>
    </div>
  );
}

/** One line for each value, named by the way to it. */
function flatten(value: Json, path: readonly string[]): Description[] {
  if (value === null || typeof value !== "object") {
    const name = path.length === 0 ? "Value" : path.join(" › ");
    const shown = <span className="whitespace-pre-line">{String(value ?? "none")}</span>;
    return [{ key: name, term: name, value: shown }];
  }
  return Object.entries(value).flatMap(([member, inner]) =>
    flatten(inner ?? null, [...path, member]),
  );
}

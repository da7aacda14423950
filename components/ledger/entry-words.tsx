import { CodeBlock } from "@/components/ui/code-block";
import type { DetailView } from "@/lib/domain/ledger/view";

const WHY_NOT = {
  none: "This entry has no words and no personal details.",
  withheld:
    "The words and personal details of this entry are withheld: your roles do not include reading them.",
  erased:
    "The words and personal details of this entry were erased. The entry still commits to them, and its proof still holds.",
} as const;

/** The words and personal details that an entry commits to, or why they are not here. */
export function EntryWords({ detail }: { readonly detail: DetailView }) {
  if (detail.state !== "present") {
    return <p className="text-sm text-muted-foreground">{WHY_NOT[detail.state]}</p>;
  }
  return (
    <CodeBlock
      label="Words and personal details"
      code={JSON.stringify(detail.detail, null, 2)}
      wrap
    />
  );
}

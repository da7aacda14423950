import { DescriptionList } from "@/components/layout/description-list";
import { Time } from "@/components/layout/time";
import { CodeBlock } from "@/components/ui/code-block";
import { Details } from "@/components/ui/collapsible";
import type { HeadView } from "@/lib/domain/ledger/view";
import { formatNumber, shortHash } from "@/lib/format";

/** The newest signed head, and what is needed to check it elsewhere. */
export function SignedHead({ head }: { readonly head: HeadView | null }) {
  if (head === null) {
    return (
      <p className="text-[13px] text-muted-foreground">
        No head was signed yet. The worker signs one within a minute of the first entry.
      </p>
    );
  }
  return (
    <Details
      summary={
        <span className="text-[13px] font-normal text-muted-foreground">
          Signed up to entry {formatNumber(head.size - 1)}, <Time iso={head.createdAt} relative />,
          root{" "}
          <code className="font-mono text-xs" title={head.root}>
            {shortHash(head.root)}
          </code>
        </span>
      }
    >
      <div className="grid gap-3 pb-3">
        <p className="max-w-[72ch] text-[13px] text-muted-foreground">
          Keep this note: whoever holds it can prove later that no entry before it was changed. It
          is a C2SP checkpoint, also published at{" "}
          <code className="font-mono text-xs">/tlog/checkpoint</code>.
        </p>
        <CodeBlock label="Signed head" code={head.note} />
        <DescriptionList
          items={[
            {
              term: "The log's public key",
              value: <code className="font-mono text-xs break-all">{head.verifierKey}</code>,
            },
            { term: "Signed", value: <Time iso={head.createdAt} style="second" /> },
          ]}
        />
      </div>
    </Details>
  );
}

"use client";

import { CircleCheck, CircleMinus, OctagonX } from "lucide-react";
import { useEffect, useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Details } from "@/components/ui/collapsible";
import { checkProof, type ProofCheck } from "@/lib/domain/ledger/check-proof";
import type { EntryView } from "@/lib/domain/ledger/view";
import { formatNumber } from "@/lib/format";

type Checkable = Pick<EntryView, "canonical" | "leafHash" | "proof" | "detail"> & {
  readonly seq: number;
};

/** The proof that an entry stands in the signed log, recomputed by the reader's own browser. */
export function EntryProof({ entry }: { readonly entry: Checkable }) {
  const [check, setCheck] = useState<ProofCheck | null>(null);
  useEffect(() => setCheck(checkProof(entry)), [entry]);
  const { proof } = entry;
  return (
    <div className="grid gap-4">
      <ul className="grid gap-1.5 text-sm" aria-live="polite">
        <Step
          holds={check?.leaf}
          good="The text hashes to the leaf below."
          bad="The text does not hash to the leaf below."
        />
        <Step
          holds={proof ? check?.signature : null}
          good={`A head over ${formatNumber(proof?.size ?? 0)} entries is signed by the log's key.`}
          bad="The head is not signed by the log's key."
          none="No signed head covers this entry yet: look again in a minute."
        />
        <Step
          holds={proof ? check?.inclusion : null}
          good={`The leaf stands at position ${formatNumber(entry.seq)} under that head.`}
          bad="The leaf does not stand at this position under that head: the ledger was changed."
        />
        <Step
          holds={entry.detail.state === "present" ? check?.detail : null}
          good="The words are those that the entry commits to."
          bad="The words are not those that the entry commits to."
        />
      </ul>
      <p className="text-[13px] text-muted-foreground">
        Your browser computed this from the text, the proof and the log's public key.
      </p>
      {proof === null ? null : (
        <Details summary="Proof, to check elsewhere">
          <div className="grid gap-3">
            <CodeBlock label="Signed head (C2SP checkpoint)" code={proof.note} />
            <CodeBlock label="Public key of the log" code={proof.verifierKey} wrap />
            <CodeBlock
              label="Inclusion proof (RFC 9162), nearest to the leaf first, base64url"
              code={proof.hashes.join("\n") || "(none: the only entry is the root)"}
              wrap
            />
          </div>
        </Details>
      )}
    </div>
  );
}

function Step({
  holds,
  good,
  bad,
  none,
}: {
  /** undefined: still computing; null: nothing to check */
  readonly holds: boolean | null | undefined;
  readonly good: string;
  readonly bad: string;
  readonly none?: string;
}) {
  if (holds === undefined) return <li className="text-muted-foreground">Checking…</li>;
  if (holds === null) {
    return none === undefined ? null : (
      <li className="flex gap-2 text-muted-foreground">
        <CircleMinus className="mt-0.5 size-4 shrink-0" aria-hidden />
        {none}
      </li>
    );
  }
  const Icon = holds ? CircleCheck : OctagonX;
  return (
    <li className="flex gap-2">
      <Icon
        className={`mt-0.5 size-4 shrink-0 ${holds ? "text-allow" : "text-block"}`}
        aria-hidden
      />
      {holds ? good : bad}
    </li>
  );
}

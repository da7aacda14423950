import { Fingerprint, KeyRound } from "lucide-react";
import Link from "next/link";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/code-block";
import type { ManifestView } from "@/lib/domain/manifest/view";
import { shortHash } from "@/lib/format";

type Approval = ManifestView["approvals"][number];

/** Who signed what, how strongly, and where it stands in the ledger. */
export function ApprovalHistory({
  approvals,
  history,
}: Pick<ManifestView, "approvals" | "history">) {
  return (
    <div className="grid gap-5">
      {approvals.length > 0 ? (
        <ul className="grid gap-3">
          {approvals.map((approval) => (
            <Signature key={approval.id} approval={approval} />
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted-foreground">Nobody has signed this version.</p>
      )}
      <section aria-label="What happened" className="grid gap-2">
        <h3 className="text-[13px] font-semibold">What happened</h3>
        <ol className="grid gap-2 border-l pl-4">
          {history.map((item) => (
            <li key={`${item.at}-${item.kind}-${item.seq}`} className="text-sm">
              <span className="font-medium">{item.title}</span>
              {item.personName === null ? null : <> by {item.personName}</>}
              <span className="block text-[13px] text-muted-foreground">
                <Time iso={item.at} style="second" />
                {item.seq === null ? null : (
                  <>
                    {" · "}
                    <Link className="link" href={`/ledger/${item.seq}`}>
                      ledger entry #{item.seq}
                    </Link>
                  </>
                )}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Signature({ approval }: { readonly approval: Approval }) {
  const passkey = approval.assurance === "passkey";
  return (
    <li className="grid gap-2 rounded-md border px-3 py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{approval.personName}</span>
        <Badge tone={passkey ? "allow" : "hold"}>
          {passkey ? <Fingerprint aria-hidden /> : <KeyRound aria-hidden />}
          {passkey ? "signed with a passkey" : "confirmed with a password"}
        </Badge>
        {approval.stage === "first" ? <Badge>first of two</Badge> : null}
        <span className="text-[13px] text-muted-foreground">
          <Time iso={approval.at} style="second" />
        </span>
      </div>
      <blockquote className="border-l-2 pl-3 whitespace-pre-line">
        {approval.attestation}
      </blockquote>
      <p className="text-[13px] text-muted-foreground">
        {passkey
          ? "The key held by this person signed exactly this statement; the signature is kept and can be checked by a third party."
          : "Weaker evidence: a password was entered again, no key signed."}
      </p>
      <div className="flex flex-wrap items-center gap-x-2 text-[13px] text-muted-foreground">
        Statement digest{" "}
        <code className="font-mono text-xs" title={approval.digest}>
          {shortHash(approval.digest)}
        </code>
        <CopyButton text={approval.digest} label="Copy digest" />
        <Link className="link" href={`/ledger/${approval.seq}`}>
          Ledger entry #{approval.seq}
        </Link>
      </div>
    </li>
  );
}

"use client";

import { Fingerprint, KeyRound } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Details } from "@/components/ui/collapsible";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { Prepared } from "./use-approval";

export type ApprovalFacts = {
  readonly approverName: string;
  readonly agentName: string;
  readonly version: number;
  readonly previousVersion: number | null;
  /** the widenings and the unclear changes, with what holds after them */
  readonly widenings: readonly { readonly title: string; readonly after: string | null }[];
  readonly newlyAllowed: number;
};

/** The last thing that is read before the act that binds: who, what, which digest, and what becomes allowed. */
export function ApproveDialog({
  facts,
  prepared,
  busy,
  problem,
  onPasskey,
  onPassword,
  onCancel,
}: {
  readonly facts: ApprovalFacts;
  readonly prepared: Prepared;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onPasskey: () => void;
  readonly onPassword: (password: string) => void;
  readonly onCancel: () => void;
}) {
  const { stage, passkeyOptions, passwordAllowed, statement, digest } = prepared;
  return (
    <AlertDialog open onOpenChange={(open) => (open || busy ? null : onCancel())}>
      <AlertDialogContent className="max-w-xl">
        <AlertDialogHeader>
          <AlertDialogTitle>
            Approve version {facts.version} for {facts.agentName}
          </AlertDialogTitle>
          <AlertDialogDescription asChild className="text-foreground">
            <div className="grid gap-3">
              <p>
                You, <strong>{facts.approverName}</strong>, take it on yourself by name, with what
                you attested. It is recorded in the ledger for good and can't be taken back, only
                revoked.
              </p>
              <Consequence facts={facts} stage={stage} />
              <dl className="grid gap-x-4 gap-y-1 text-[13px] sm:grid-cols-[auto_minmax(0,1fr)]">
                <dt className="text-muted-foreground">Manifest digest</dt>
                <dd className="font-mono text-xs break-all">{statement.manifestDigest}</dd>
                <dt className="text-muted-foreground">You sign</dt>
                <dd className="font-mono text-xs break-all">{digest}</dd>
              </dl>
            </div>
          </AlertDialogDescription>
        </AlertDialogHeader>
        {passkeyOptions === null ? <NoPasskey passwordAllowed={passwordAllowed} /> : null}
        {problem === null ? null : (
          <Alert tone="block" role="alert">
            <AlertTitle>Not approved</AlertTitle>
            <AlertDescription className="first-letter:uppercase">{problem}.</AlertDescription>
          </Alert>
        )}
        {passwordAllowed ? (
          <PasswordPath busy={busy} open={passkeyOptions === null} onPassword={onPassword} />
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={busy}>Not now</AlertDialogCancel>
          {passkeyOptions === null ? null : (
            <Button disabled={busy} aria-busy={busy} onClick={onPasskey}>
              <Fingerprint aria-hidden />
              {busy ? "Waiting for your passkey…" : "Approve with passkey"}
            </Button>
          )}
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

function Consequence({
  facts,
  stage,
}: {
  readonly facts: ApprovalFacts;
  readonly stage: Prepared["stage"];
}) {
  if (stage === "first") {
    return (
      <p>
        Yours is the first of two signatures. Nothing becomes allowed until a second approver has
        signed the same version.
      </p>
    );
  }
  const since =
    facts.previousVersion === null
      ? "From now on the agent may do what this version says. No version is in force at present."
      : `From now on version ${facts.version} decides every request, and version ${facts.previousVersion} no longer does.`;
  return (
    <div className="grid gap-1.5">
      <p>{since}</p>
      {facts.widenings.length > 0 ? (
        <>
          <p className="font-medium text-block">
            It widens what the agent may do in {formatCount(facts.widenings.length, "place")}:
          </p>
          <ul className="max-h-36 list-disc overflow-y-auto pl-5 text-[13px]">
            {facts.widenings.map(({ title, after }) => (
              <li key={`${title}-${after}`}>
                {title}
                {after === null ? null : (
                  <span className="block wrap-anywhere text-muted-foreground">{after}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>It widens nothing.</p>
      )}
      <p>
        {facts.newlyAllowed === 0
          ? "No request of the last 30 days that was refused or held would have been allowed."
          : `${formatCount(facts.newlyAllowed, "request")} of the last 30 days that ${facts.newlyAllowed === 1 ? "was" : "were"} refused or held would have been allowed.`}
      </p>
    </div>
  );
}

function NoPasskey({ passwordAllowed }: { readonly passwordAllowed: boolean }) {
  return (
    <Alert tone="hold">
      <AlertTitle>You have no passkey</AlertTitle>
      <AlertDescription>
        {passwordAllowed
          ? "You may confirm with your password at this tier. "
          : "At this tier an approval needs one: it proves that it was you. "}
        <Link className="link" href="/settings">
          Add a passkey in your settings
        </Link>
        , then come back to this page.
      </AlertDescription>
    </Alert>
  );
}

function PasswordPath({
  busy,
  open,
  onPassword,
}: {
  readonly busy: boolean;
  readonly open: boolean;
  readonly onPassword: (password: string) => void;
}) {
  const [password, setPassword] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    onPassword(password);
    setPassword("");
  };
  return (
    <Details summary="Confirm with your password instead" open={open}>
      <form method="post" className="grid gap-3" onSubmit={send}>
        <Field
          label="Your password"
          hint="Weaker evidence than a passkey; the ledger says which was used."
          required
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="submit"
          variant="outline"
          className="justify-self-start"
          disabled={busy || password === ""}
        >
          <KeyRound aria-hidden />
          Approve with password
        </Button>
      </form>
    </Details>
  );
}

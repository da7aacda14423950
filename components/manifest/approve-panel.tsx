"use client";

// First: before any schema is built.
import "./no-eval";

import { LoaderCircle, PenLine } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { type ApprovalFacts, ApproveDialog } from "./approve-dialog";
import { attested, sentencesOf } from "./attestation";
import {
  type ApproveAction,
  type PrepareApprovalAction,
  passkeyProof,
  useApproval,
} from "./use-approval";

/** Where the sponsor says that they answer for it, and signs. Nothing is ticked for them. */
export function ApprovePanel({
  manifestId,
  backtestId,
  attestation,
  facts,
  actions,
}: {
  readonly manifestId: string;
  /** null while there is no fresh backtest to bind into what is signed */
  readonly backtestId: string | null;
  readonly attestation: string;
  readonly facts: ApprovalFacts;
  readonly actions: { readonly prepare: PrepareApprovalAction; readonly approve: ApproveAction };
}) {
  const router = useRouter();
  const { phase, problem, begin, sign, cancel } = useApproval(manifestId, actions);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [own, setOwn] = useState("");
  const sentences = sentencesOf(attestation);
  const ready = backtestId !== null && sentences.every((sentence) => ticked.has(sentence));

  if (phase.name === "signed") {
    return (
      <Alert tone="allow" role="status">
        <AlertTitle>{phase.stage === "first" ? "First signature recorded" : "Approved"}</AlertTitle>
        <AlertDescription>
          <p>
            {phase.stage === "first"
              ? "A second approver must sign before it gives any authority."
              : "The agent's next request is decided by this version."}{" "}
            <Link className="link" href={`/ledger/${phase.seq}`}>
              Ledger entry #{phase.seq}
            </Link>
          </p>
          <Button size="sm" variant="outline" className="mt-2" onClick={() => router.refresh()}>
            Show the manifest as it stands now
          </Button>
        </AlertDescription>
      </Alert>
    );
  }
  return (
    <div className="grid gap-4">
      <FieldSet legend="I attest" hint="Tick what is so. These words are signed and recorded.">
        {sentences.map((sentence, index) => (
          <div key={sentence} className="flex items-start gap-2.5">
            <Checkbox
              id={`attest-${index}`}
              className="mt-0.5"
              checked={ticked.has(sentence)}
              onCheckedChange={(checked) => {
                const next = new Set(ticked);
                if (checked === true) next.add(sentence);
                else next.delete(sentence);
                setTicked(next);
              }}
            />
            <Label htmlFor={`attest-${index}`} className="leading-relaxed font-normal">
              {sentence}
            </Label>
          </div>
        ))}
      </FieldSet>
      <Field label="In my own words" hint="What you checked, or on what understanding you approve.">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={1000}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        )}
      </Field>
      {problem !== null && phase.name === "idle" ? (
        <Alert tone="block" role="alert">
          <AlertTitle>Not approved</AlertTitle>
          <AlertDescription className="first-letter:uppercase">{problem}</AlertDescription>
        </Alert>
      ) : null}
      <Button
        size="lg"
        disabled={!ready || phase.name === "preparing"}
        onClick={() => {
          if (backtestId !== null) void begin(backtestId, attested(attestation, own));
        }}
      >
        {phase.name === "preparing" ? (
          <LoaderCircle className="animate-spin" aria-hidden />
        ) : (
          <PenLine aria-hidden />
        )}
        Approve…
      </Button>
      {backtestId === null ? (
        <p className="text-[13px] text-muted-foreground">
          Waits for a fresh backtest: what you saw of it is part of what you sign.
        </p>
      ) : null}
      {phase.name === "ready" || phase.name === "signing" ? (
        <ApproveDialog
          facts={facts}
          prepared={phase.prepared}
          busy={phase.name === "signing"}
          problem={problem}
          onPasskey={() => void sign(phase.prepared, passkeyProof)}
          onPassword={(password) =>
            void sign(phase.prepared, async () => ({ kind: "password", password }))
          }
          onCancel={cancel}
        />
      ) : null}
    </div>
  );
}

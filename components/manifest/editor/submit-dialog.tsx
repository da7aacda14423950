"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type FormState, FormStatus } from "@/components/layout/form-status";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import type { ActionState } from "@/lib/server/action";
import type { Diagnosis } from "./diagnose";
import type { Saved } from "./editor-state";

export type SubmitAction = (input: {
  readonly manifestId: string;
  readonly revision: number;
}) => Promise<ActionState<{ readonly digest: string }>>;

type SubmitDialogProps = {
  readonly manifestId: string;
  readonly version: number;
  readonly agentName: string;
  readonly sponsorName: string | null;
  readonly diagnosis: Diagnosis;
  readonly flush: () => Promise<Saved | null>;
  readonly submit: SubmitAction;
};

/** Asks before the draft becomes a document that can't be changed and that someone is asked to answer for. */
export function SubmitDialog(props: SubmitDialogProps) {
  const { diagnosis, sponsorName } = props;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [state, setState] = useState<FormState>({ status: "idle" });
  const objections = diagnosis.findings.length;

  const run = async () => {
    setBusy(true);
    const outcome = await submitNow(props);
    setBusy(false);
    setState(outcome);
    if (outcome.status === "ok") router.push(`/manifests/${props.manifestId}`);
  };

  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => {
        setState({ status: "idle" });
        setOpen(next);
      }}
    >
      <AlertDialogTrigger asChild>
        <Button disabled={!diagnosis.submittable}>
          <Send aria-hidden />
          Submit…
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>
            Submit version {props.version} for {props.agentName}?
          </AlertDialogTitle>
          <AlertDialogDescription asChild>
            <div className="grid gap-2">
              <p>
                {sponsorName === null
                  ? "No sponsor is assigned at present: nobody can approve it until an administrator assigns one."
                  : `${sponsorName} will be told now and asked to approve it or to return it with reasons.`}
              </p>
              <p>
                After this it can't be edited: what is approved is exactly what you submit. Until it
                is approved you can withdraw it and go on editing. It gives no authority before
                approval.
              </p>
              {objections > 0 ? (
                <p>
                  The sponsor will also read {formatCount(objections, "finding")} of the static
                  check.
                </p>
              ) : null}
            </div>
          </AlertDialogDescription>
        </AlertDialogHeader>
        <FormStatus state={state} success="Submitted." />
        <AlertDialogFooter>
          <AlertDialogCancel disabled={busy}>Go on editing</AlertDialogCancel>
          <Button aria-busy={busy} disabled={busy} onClick={() => void run()}>
            {busy ? "Submitting…" : "Submit"}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

async function submitNow({ manifestId, flush, submit }: SubmitDialogProps): Promise<FormState> {
  const saved = await flush();
  if (saved === null) {
    return {
      status: "error",
      message: "your last changes could not be saved, so nothing was submitted",
    };
  }
  return submit({ manifestId, revision: saved.revision }).catch(() => ({
    status: "error" as const,
    message: "the server could not be reached; look at the manifest before you try again",
  }));
}

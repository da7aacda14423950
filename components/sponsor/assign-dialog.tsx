"use client";

import { UserCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { Named } from "@/lib/domain/agent/view";
import type { Objection, SponsorKind } from "@/lib/domain/sponsor/eligibility";

type Candidate = Named & {
  readonly title: string;
  readonly objections: Readonly<Record<SponsorKind, readonly Objection[]>>;
};

type AssignProps = {
  readonly agentId: string;
  readonly kind: SponsorKind;
  readonly current: Named | null;
  readonly candidates: readonly Candidate[];
  readonly assign: (input: unknown) => Promise<FormState>;
};

/** Chooses who answers for an agent. Who can't is listed too, with the reason. */
export function AssignDialog(props: AssignProps) {
  const { kind, current } = props;
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="outline">
          <UserCheck aria-hidden />
          {current ? `Change the ${kind}` : `Assign a ${kind}`}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{current ? `Change the ${kind}` : `Assign a ${kind}`}</DialogTitle>
          <DialogDescription>
            {current
              ? `${current.name}’s assignment ends with this one’s beginning; it stays in the history.`
              : "They are answerable from now on, and are told."}
          </DialogDescription>
        </DialogHeader>
        <AssignForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AssignForm({
  agentId,
  kind,
  candidates,
  assign,
  onDone,
}: AssignProps & { readonly onDone: () => void }) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  const [personId, setPersonId] = useState("");
  const [reason, setReason] = useState("");
  const eligible = candidates.filter(({ objections }) => objections[kind].length === 0);
  const others = candidates.filter(({ objections }) => objections[kind].length > 0);
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        run(
          () => assign({ agentId, kind, personId, reason }),
          () => {
            onDone();
            router.refresh();
          },
        );
      }}
    >
      <FormStatus state={state} shown={["personId", "reason"]} />
      <Field label="Person" error={fieldError(state, "personId")} required>
        {(control) => (
          <Select
            value={personId}
            onChange={(event) => setPersonId(event.target.value)}
            {...control}
          >
            <option value="">{eligible.length === 0 ? "Nobody can at present" : "Choose…"}</option>
            {eligible.map(({ id, name, title }) => (
              <option key={id} value={id}>
                {title ? `${name}, ${title}` : name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {others.length > 0 ? (
        <div className="text-[13px] text-muted-foreground">
          <p>Can’t be the {kind}:</p>
          <ul className="list-disc pl-4">
            {others.map(({ id, name, objections }) => (
              <li key={id}>
                {name}: {objections[kind].map(({ words }) => words).join("; ")}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <Field
        label="Reason"
        hint="Why this person; recorded in the ledger."
        error={fieldError(state, "reason")}
        required
      >
        {(control) => (
          <Textarea
            rows={3}
            minLength={10}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            {...control}
          />
        )}
      </Field>
      <DialogFooter>
        <SubmitButton pending={pending}>Assign</SubmitButton>
      </DialogFooter>
    </form>
  );
}

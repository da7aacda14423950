"use client";

import { OctagonX, ShieldMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CONTAINMENT_WORDS } from "@/components/agent/badges";
import { type FormState, FormStatus } from "@/components/layout/form-status";
import { ReasonField } from "@/components/layout/reason-field";
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
import {
  CONTAINMENT_LEVELS,
  CONTAINMENT_MEANING,
  type ContainmentLevel,
} from "@/lib/domain/containment/level";
import { strictness } from "@/lib/domain/containment/rules";

type Change = (level: ContainmentLevel | null, reason: string) => Promise<FormState>;

/**
 * Stops an agent or contains it less strictly, and lifts that again. `apply` and `lift` are null for who may not; the
 * right to stop does not depend on training.
 */
export function ContainmentControl({
  name,
  current,
  two = false,
  apply,
  lift,
}: {
  readonly name: string;
  readonly current: ContainmentLevel | null;
  /** does it take two people to lift? */
  readonly two?: boolean;
  readonly apply: Change | null;
  readonly lift: Change | null;
}) {
  const stricter = CONTAINMENT_LEVELS.filter((level) => strictness(level) > strictness(current));
  const milder = CONTAINMENT_LEVELS.filter((level) => strictness(level) < strictness(current));
  return (
    <>
      {lift && current ? (
        <ContainmentDialog
          title={`Lift the containment of ${name}`}
          description={`It is at “${CONTAINMENT_WORDS[current].toLowerCase()}”. ${CONTAINMENT_MEANING[current]}${two ? " The agent is critical: it takes the same lift, signed by two." : ""}`}
          trigger={
            <Button variant="outline">
              <ShieldMinus aria-hidden />
              Lift the containment
            </Button>
          }
          label="Afterwards"
          options={[null, ...milder]}
          first={null}
          confirm={two ? "Sign the lift" : "Lift"}
          destructive={false}
          act={lift}
        />
      ) : null}
      {apply && stricter.length > 0 ? (
        <ContainmentDialog
          title={current === "quarantine" ? `Stop ${name}` : `Stop or contain ${name}`}
          description="Takes effect on its next request, at every gateway. Only a trained sponsor can lift it again."
          trigger={
            <Button variant="destructive">
              <OctagonX aria-hidden />
              Stop
            </Button>
          }
          label="What to do"
          options={stricter.toReversed()}
          first="stopped"
          confirm="Apply now"
          destructive
          act={apply}
        />
      ) : null}
    </>
  );
}

type DialogProps = {
  readonly title: string;
  readonly description: string;
  readonly trigger: React.ReactNode;
  readonly label: string;
  readonly options: readonly (ContainmentLevel | null)[];
  readonly first: ContainmentLevel | null;
  readonly confirm: string;
  readonly destructive: boolean;
  readonly act: Change;
};

const NONE = "none";

function ContainmentDialog(props: DialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{props.trigger}</DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{props.title}</DialogTitle>
          <DialogDescription>{props.description}</DialogDescription>
        </DialogHeader>
        <ContainmentForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ContainmentForm({
  label,
  options,
  first,
  confirm,
  destructive,
  act,
  onDone,
}: DialogProps & { readonly onDone: () => void }) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  const [chosen, setChosen] = useState(first);
  const [reason, setReason] = useState("");
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        run(
          () => act(chosen, reason),
          () => {
            onDone();
            router.refresh();
          },
        );
      }}
    >
      <FormStatus state={state} shown={["reason"]} />
      <Field
        label={label}
        hint={
          chosen === null
            ? "Requests are decided by the manifest again."
            : CONTAINMENT_MEANING[chosen]
        }
        required
      >
        {(control) => (
          <Select
            value={chosen ?? NONE}
            onChange={(event) =>
              setChosen(CONTAINMENT_LEVELS.find((level) => level === event.target.value) ?? null)
            }
            {...control}
          >
            {options.map((level) => (
              <option key={level ?? NONE} value={level ?? NONE}>
                {level === null ? "No containment" : CONTAINMENT_WORDS[level]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <ReasonField label="Reason" value={reason} onChange={setReason} state={state} />
      <DialogFooter>
        <SubmitButton pending={pending} variant={destructive ? "destructive" : "default"}>
          {confirm}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}

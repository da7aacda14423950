"use client";

import { GraduationCap } from "lucide-react";
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
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { Named } from "@/lib/domain/agent/view";
import { MODULES, type ModuleId, PASS_SCORE } from "@/lib/domain/training/competence";

type RecordProps = {
  readonly person: Named;
  /** offered first: what the person lacks */
  readonly missing: readonly ModuleId[];
  readonly record: (input: unknown) => Promise<FormState>;
};

/** Records a module that a person passed elsewhere. */
export function RecordTrainingDialog(props: RecordProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="outline" className="w-fit">
          <GraduationCap aria-hidden />
          Record training
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Record training of {props.person.name}</DialogTitle>
          <DialogDescription>
            A certificate counts for twelve months, or six where the tier asks for it. Yours is the
            name beside it in the ledger.
          </DialogDescription>
        </DialogHeader>
        <RecordForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function RecordForm({
  person,
  missing,
  record,
  onDone,
}: RecordProps & { readonly onDone: () => void }) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  const [module, setModule] = useState<string>(missing[0] ?? "");
  const [score, setScore] = useState("");
  const [passedAt, setPassedAt] = useState("");
  const [provenance, setProvenance] = useState("");
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const date = passedAt === "" ? "" : new Date(passedAt).toISOString();
        run(
          () =>
            record({
              personId: person.id,
              module,
              score: score === "" ? null : Number(score),
              passedAt: date,
              provenance,
            }),
          () => {
            onDone();
            router.refresh();
          },
        );
      }}
    >
      <FormStatus state={state} shown={["module", "score", "passedAt", "provenance"]} />
      <Field label="Module" error={fieldError(state, "module")} required>
        {(control) => (
          <Select value={module} onChange={(event) => setModule(event.target.value)} {...control}>
            <option value="">Choose…</option>
            {MODULES.map(({ id, title }) => (
              <option key={id} value={id}>
                {id.toUpperCase()} {title}
                {missing.includes(id) ? " (missing)" : ""}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Score in per cent"
          className="content-start"
          hint={`A pass takes at least ${PASS_SCORE}.`}
          error={fieldError(state, "score")}
          required
        >
          {(control) => (
            <Input
              type="number"
              inputMode="numeric"
              min={PASS_SCORE}
              max={100}
              step={1}
              value={score}
              onChange={(event) => setScore(event.target.value)}
              {...control}
            />
          )}
        </Field>
        <Field
          label="Passed at"
          className="content-start"
          hint="Your device’s time zone."
          error={fieldError(state, "passedAt")}
          required
        >
          {(control) => (
            <Input
              type="datetime-local"
              value={passedAt}
              onChange={(event) => setPassedAt(event.target.value)}
              {...control}
            />
          )}
        </Field>
      </div>
      <Field
        label="Where it comes from"
        hint="Course, delivery and who assessed it."
        error={fieldError(state, "provenance")}
        required
      >
        {(control) => (
          <Textarea
            rows={2}
            minLength={10}
            maxLength={1000}
            value={provenance}
            onChange={(event) => setProvenance(event.target.value)}
            {...control}
          />
        )}
      </Field>
      <DialogFooter>
        <SubmitButton pending={pending}>Record</SubmitButton>
      </DialogFooter>
    </form>
  );
}

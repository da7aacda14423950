"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { OneTimePassword } from "@/components/identity/one-time-password";
import type { WithPassword } from "@/components/identity/person-row";
import { ZoneSelect } from "@/components/identity/profile-form";
import { RoleCheckboxes } from "@/components/identity/role-checkboxes";
import { FormStatus, fieldError } from "@/components/layout/form-status";
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

type Added = { readonly name: string; readonly password: string };

/** Adds a person and shows their temporary password once. */
export function AddPersonDialog({
  zones,
  zone,
  add,
}: {
  readonly zones: readonly string[];
  readonly zone: string;
  readonly add: (form: FormData) => Promise<WithPassword>;
}) {
  const [open, setOpen] = useState(false);
  const [added, setAdded] = useState<Added | null>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setAdded(null);
        setOpen(next);
      }}
    >
      <DialogTrigger asChild>
        <Button>
          <UserPlus aria-hidden />
          Add a person
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{added ? `${added.name} is added` : "Add a person"}</DialogTitle>
          <DialogDescription>
            {added
              ? "They can sign in with their e-mail address and this password."
              : "They get a temporary password that you pass on."}
          </DialogDescription>
        </DialogHeader>
        {added ? (
          <OneTimePassword password={added.password} name={added.name} />
        ) : (
          <AddPersonForm zones={zones} zone={zone} add={add} onAdded={setAdded} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function AddPersonForm({
  zones,
  zone,
  add,
  onAdded,
}: {
  readonly zones: readonly string[];
  readonly zone: string;
  readonly add: (form: FormData) => Promise<WithPassword>;
  readonly onAdded: (added: Added) => void;
}) {
  const { state, pending, run } = useAct();
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        run(
          () => add(form),
          ({ value }) =>
            onAdded({ name: String(form.get("name")), password: value.temporaryPassword }),
        );
      }}
    >
      <FormStatus state={state} shown={["name", "email", "title", "timeZone", "roles"]} />
      <Field label="Name" error={fieldError(state, "name")} required>
        {(control) => <Input name="name" maxLength={100} autoComplete="off" {...control} />}
      </Field>
      <Field label="E-mail" error={fieldError(state, "email")} required>
        {(control) => (
          <Input name="email" type="email" maxLength={254} autoComplete="off" {...control} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Title" error={fieldError(state, "title")}>
          {(control) => <Input name="title" maxLength={100} autoComplete="off" {...control} />}
        </Field>
        <Field label="Time zone" error={fieldError(state, "timeZone")} required>
          {(control) => <ZoneSelect zones={zones} value={zone} control={control} />}
        </Field>
      </div>
      <RoleCheckboxes held={[]} error={fieldError(state, "roles")} />
      <DialogFooter>
        <SubmitButton pending={pending}>Add the person</SubmitButton>
      </DialogFooter>
    </form>
  );
}

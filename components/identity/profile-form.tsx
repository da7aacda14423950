"use client";

import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

/** Name, title and time zone of the signed-in person. */
export function ProfileForm({
  name,
  title,
  email,
  timeZone,
  zones,
  save,
}: {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly timeZone: string;
  readonly zones: readonly string[];
  readonly save: (form: FormData) => Promise<FormState>;
}) {
  const { state, pending, run } = useAct();
  return (
    <form
      method="post"
      className="grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        run(() => save(form));
      }}
    >
      <FormStatus state={state} shown={["name", "title", "timeZone"]} className="sm:col-span-2" />
      <Field label="Name" error={fieldError(state, "name")} required>
        {(control) => (
          <Input name="name" defaultValue={name} maxLength={100} autoComplete="name" {...control} />
        )}
      </Field>
      <Field label="Title" error={fieldError(state, "title")}>
        {(control) => (
          <Input
            name="title"
            defaultValue={title}
            maxLength={100}
            autoComplete="organization-title"
            {...control}
          />
        )}
      </Field>
      <Field label="E-mail" hint="You sign in with it; it stays." required>
        {(control) => <Input value={email} readOnly {...control} />}
      </Field>
      <Field
        label="Time zone"
        hint="All times are shown in it."
        error={fieldError(state, "timeZone")}
        required
      >
        {(control) => <ZoneSelect zones={zones} value={timeZone} control={control} />}
      </Field>
      <div className="sm:col-span-2">
        <SubmitButton pending={pending}>Save</SubmitButton>
      </div>
    </form>
  );
}

/** All zones that the server knows; the chosen one even if it is none of them. */
export function ZoneSelect({
  zones,
  value,
  control,
}: {
  readonly zones: readonly string[];
  readonly value: string;
  readonly control: object;
}) {
  const all = zones.includes(value) ? zones : [value, ...zones];
  return (
    <Select name="timeZone" defaultValue={value} {...control}>
      {all.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}
        </option>
      ))}
    </Select>
  );
}

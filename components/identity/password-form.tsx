"use client";

import { useRef } from "react";
import { PasswordFields } from "@/components/identity/password-fields";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** Sets a new password; asks for the current one where there is one. */
export function PasswordForm({
  email,
  hasPassword,
  save,
}: {
  readonly email: string;
  readonly hasPassword: boolean;
  readonly save: (form: FormData) => Promise<FormState>;
}) {
  const { state, pending, run } = useAct();
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      method="post"
      ref={form}
      className="grid max-w-md gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        run(
          () => save(data),
          () => form.current?.reset(),
        );
      }}
    >
      <FormStatus state={state} shown={["current", "password", "repeated"]} />
      {hasPassword ? (
        <Field label="Current password" error={fieldError(state, "current")} required>
          {(control) => (
            <Input
              name="current"
              type="password"
              autoComplete="current-password"
              maxLength={128}
              {...control}
            />
          )}
        </Field>
      ) : null}
      <PasswordFields state={state} email={email} />
      <div>
        <SubmitButton pending={pending}>
          {hasPassword ? "Change the password" : "Set a password"}
        </SubmitButton>
      </div>
    </form>
  );
}

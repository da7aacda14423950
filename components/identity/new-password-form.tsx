"use client";

import { useActionState } from "react";
import { PasswordFields } from "@/components/identity/password-fields";
import { type FormState, FormStatus } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";

/** Replaces a temporary password. */
export function NewPasswordForm<State extends FormState>({
  email,
  action,
}: {
  readonly email: string;
  readonly action: (
    previous: State | { readonly status: "idle" },
    form: FormData,
  ) => Promise<State | { readonly status: "idle" }>;
}) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-4">
      <FormStatus state={state} shown={["password", "repeated"]} />
      <PasswordFields state={state} email={email} />
      <SubmitButton size="lg">Set the password and go on</SubmitButton>
    </form>
  );
}

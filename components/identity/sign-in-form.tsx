"use client";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { startAuthentication } from "@simplewebauthn/browser";
import { KeyRound } from "lucide-react";
import { useSignIn } from "@/components/identity/use-sign-in";
import { FormStatus } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Begun =
  | { readonly status: "idle" }
  | { readonly status: "ok"; readonly value: PublicKeyCredentialRequestOptionsJSON }
  | { readonly status: "error"; readonly message: string };

/** Sign in with e-mail and password, or with a passkey. */
export function SignInForm({
  next,
  beginPasskey,
}: {
  readonly next: string;
  readonly beginPasskey: () => Promise<Begun>;
}) {
  const { state, busy, run } = useSignIn(next);
  return (
    <div className="grid gap-5">
      <FormStatus state={state} />
      <form
        method="post"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          return run("password", () => ({
            email: String(data.get("email") ?? ""),
            password: String(data.get("password") ?? ""),
          }));
        }}
      >
        <Field label="E-mail" required>
          {(control) => (
            <Input
              name="email"
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              maxLength={254}
              {...control}
            />
          )}
        </Field>
        <Field label="Password" required>
          {(control) => (
            <Input
              name="password"
              type="password"
              autoComplete="current-password"
              maxLength={128}
              {...control}
            />
          )}
        </Field>
        <SubmitButton size="lg" pending={busy}>
          Sign in
        </SubmitButton>
      </form>
      <div className="flex items-center gap-3 text-xs text-muted-foreground">
        <span className="h-px flex-1 bg-border" />
        or
        <span className="h-px flex-1 bg-border" />
      </div>
      <Button
        variant="outline"
        size="lg"
        disabled={busy}
        onClick={() =>
          run("passkey", async () => {
            const begun = await beginPasskey();
            if (begun.status !== "ok") {
              throw new Error(begun.status === "error" ? begun.message : "that did not work");
            }
            const response = await startAuthentication({ optionsJSON: begun.value });
            return { response: JSON.stringify(response) };
          })
        }
      >
        <KeyRound aria-hidden />
        Sign in with a passkey
      </Button>
    </div>
  );
}

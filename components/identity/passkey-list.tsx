"use client";

import {
  type PublicKeyCredentialCreationOptionsJSON,
  startRegistration,
} from "@simplewebauthn/browser";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { passkeyMessage } from "@/components/identity/use-sign-in";
import { ConfirmDialog } from "@/components/layout/confirm-dialog";
import { EmptyState } from "@/components/layout/empty-state";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { Time } from "@/components/layout/time";
import { useAct } from "@/components/layout/use-act";
import { Button } from "@/components/ui/button";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
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

type Passkey = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

type Begun =
  | { readonly status: "idle" }
  | { readonly status: "ok"; readonly value: PublicKeyCredentialCreationOptionsJSON }
  | { readonly status: "error"; readonly message: string };

type Acts = {
  readonly begin: () => Promise<Begun>;
  readonly add: (name: string, response: unknown) => Promise<FormState>;
  readonly rename: (passkeyId: string, name: string) => Promise<FormState>;
  readonly remove: (passkeyId: string) => Promise<FormState>;
};

/** The person's passkeys: add, rename, remove. */
export function PasskeyList({
  passkeys,
  begin,
  add,
  rename,
  remove,
}: Acts & { readonly passkeys: readonly Passkey[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Passkeys</CardTitle>
        <CardDescription>
          You sign in with one, and you sign what you approve with one.
        </CardDescription>
        <CardAction>
          <NamePasskeyDialog
            trigger={
              <Button variant="outline" size="sm">
                <Plus aria-hidden />
                Add a passkey
              </Button>
            }
            title="Add a passkey"
            description="Give it a name by which you will know it, then follow your browser. Possible within 15 minutes after you signed in."
            initial="My passkey"
            submit="Create the passkey"
            act={(name) => register(name, begin, add)}
          />
        </CardAction>
      </CardHeader>
      <CardContent className="p-0">
        {passkeys.length === 0 ? (
          <EmptyState
            icon={KeyRound}
            title="No passkey yet"
            description="Manifests of high and critical agents can only be approved with a passkey."
          />
        ) : (
          <ul className="divide-y">
            {passkeys.map((passkey) => (
              <li
                key={passkey.id}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5"
              >
                <div className="min-w-0">
                  <p className="truncate font-medium">{passkey.name}</p>
                  <p className="text-[13px] text-muted-foreground">
                    Added <Time iso={passkey.createdAt} style="date" />
                    {passkey.lastUsedAt ? (
                      <>
                        , last used <Time iso={passkey.lastUsedAt} relative />
                      </>
                    ) : (
                      ", not used yet"
                    )}
                  </p>
                </div>
                <div className="flex gap-1.5">
                  <NamePasskeyDialog
                    trigger={
                      <Button variant="ghost" size="sm" aria-label={`Rename ${passkey.name}`}>
                        Rename
                      </Button>
                    }
                    title="Rename the passkey"
                    description="Only you see the name."
                    initial={passkey.name}
                    submit="Rename"
                    act={(name) => rename(passkey.id, name)}
                  />
                  <ConfirmDialog
                    trigger={
                      <Button variant="ghost" size="sm" aria-label={`Remove ${passkey.name}`}>
                        Remove
                      </Button>
                    }
                    title={`Remove “${passkey.name}”?`}
                    description={
                      <p>
                        You will no longer be able to sign in or to approve with it. What it signed
                        before stays valid. Your device may keep its half: delete it there, too.
                      </p>
                    }
                    confirm="Remove the passkey"
                    destructive
                    act={() => remove(passkey.id)}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

async function register(name: string, begin: Acts["begin"], add: Acts["add"]): Promise<FormState> {
  const begun = await begin();
  if (begun.status !== "ok") {
    return { status: "error", message: begun.status === "error" ? begun.message : undefined };
  }
  const created = await startRegistration({ optionsJSON: begun.value }).catch((error: unknown) =>
    passkeyMessage(error),
  );
  if (typeof created === "string") return { status: "error", message: created };
  return add(name, created);
}

function NamePasskeyDialog({
  trigger,
  title,
  description,
  initial,
  submit,
  act,
}: {
  readonly trigger: React.ReactNode;
  readonly title: string;
  readonly description: string;
  readonly initial: string;
  readonly submit: string;
  readonly act: (name: string) => Promise<FormState>;
}) {
  const [open, setOpen] = useState(false);
  const { state, pending, run, reset } = useAct();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        reset();
        setOpen(next);
      }}
    >
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent>
        <form
          method="post"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get("name") ?? "");
            run(
              () => act(name),
              () => setOpen(false),
            );
          }}
        >
          <DialogHeader>
            <DialogTitle>{title}</DialogTitle>
            <DialogDescription>{description}</DialogDescription>
          </DialogHeader>
          <FormStatus state={state} shown={["name"]} />
          <Field label="Name" error={fieldError(state, "name")} required>
            {(control) => <Input name="name" defaultValue={initial} maxLength={60} {...control} />}
          </Field>
          <DialogFooter>
            <SubmitButton pending={pending}>{submit}</SubmitButton>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

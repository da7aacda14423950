"use client";

import { useState } from "react";
import { OneTimePassword } from "@/components/identity/one-time-password";
import type { Chosen, Person, WithPassword } from "@/components/identity/person-row";
import { RoleCheckboxes } from "@/components/identity/role-checkboxes";
import { ConfirmDialog } from "@/components/layout/confirm-dialog";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { formatCount } from "@/lib/format";

export type PersonActs = {
  readonly changeRoles: (personId: string, form: FormData) => Promise<FormState>;
  readonly resetPassword: (personId: string) => Promise<WithPassword>;
  readonly deactivate: (personId: string) => Promise<FormState>;
  readonly reactivate: (personId: string) => Promise<FormState>;
  readonly endSessions: (personId: string) => Promise<FormState>;
};

/** The dialog of the act that was chosen for a person. */
export function PersonDialogs({
  chosen: { act, person },
  acts,
  onClose,
}: {
  readonly chosen: Chosen;
  readonly acts: PersonActs;
  readonly onClose: () => void;
}) {
  switch (act) {
    case "roles":
      return <RolesDialog person={person} change={acts.changeRoles} onClose={onClose} />;
    case "password":
      return <PasswordDialog person={person} reset={acts.resetPassword} onClose={onClose} />;
    case "sessions":
      return (
        <ConfirmDialog
          open
          onOpenChange={onClose}
          title={`End all sessions of ${person.name}?`}
          description={
            <p>
              {formatCount(person.sessions, "session")} will end at once; what they are typing is
              lost. They can sign in again.
            </p>
          }
          confirm="End the sessions"
          destructive
          act={() => acts.endSessions(person.id)}
        />
      );
    case "deactivate":
      return (
        <ConfirmDialog
          open
          onOpenChange={onClose}
          title={`Deactivate ${person.name}?`}
          description={<DeactivationEffects person={person} />}
          confirm="Deactivate"
          destructive
          act={() => acts.deactivate(person.id)}
        />
      );
    case "reactivate":
      return (
        <ConfirmDialog
          open
          onOpenChange={onClose}
          title={`Reactivate ${person.name}?`}
          description={
            <p>They can sign in again, with the roles, password and passkeys that they had.</p>
          }
          confirm="Reactivate"
          act={() => acts.reactivate(person.id)}
        />
      );
  }
}

function DeactivationEffects({ person }: { readonly person: Person }) {
  return (
    <>
      <p>They are signed out at once and can’t sign in. What they did stays recorded as theirs.</p>
      {person.sponsored > 0 ? (
        <p className="font-medium text-block">
          They answer for {formatCount(person.sponsored, "agent")}: without another sponsor,
          requests of these agents will be refused. Assign a sponsor first.
        </p>
      ) : null}
      {person.owned > 0 ? (
        <p className="font-medium text-foreground">
          They own {formatCount(person.owned, "agent")}: nobody else can draft its manifests until
          it has a new owner.
        </p>
      ) : null}
    </>
  );
}

function RolesDialog({
  person,
  change,
  onClose,
}: {
  readonly person: Person;
  readonly change: PersonActs["changeRoles"];
  readonly onClose: () => void;
}) {
  const { state, pending, run } = useAct();
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent>
        <form
          method="post"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            run(() => change(person.id, form), onClose);
          }}
        >
          <DialogHeader>
            <DialogTitle>Roles of {person.name}</DialogTitle>
            <DialogDescription>
              A change is recorded, and holds from their next request on.
            </DialogDescription>
          </DialogHeader>
          <FormStatus state={state} shown={["roles"]} />
          <RoleCheckboxes held={person.roles} error={fieldError(state, "roles")} />
          <DialogFooter>
            <SubmitButton pending={pending}>Change the roles</SubmitButton>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function PasswordDialog({
  person,
  reset,
  onClose,
}: {
  readonly person: Person;
  readonly reset: PersonActs["resetPassword"];
  readonly onClose: () => void;
}) {
  const { state, pending, run } = useAct();
  const [password, setPassword] = useState<string | null>(null);
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>A temporary password for {person.name}</DialogTitle>
          <DialogDescription>
            {password === null
              ? "Their present password stops working and all their sessions end. Their passkeys stay. Make sure that it is really they who ask."
              : "Their former password no longer works."}
          </DialogDescription>
        </DialogHeader>
        {password === null ? (
          <form
            method="post"
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              run(
                () => reset(person.id),
                ({ value }) => setPassword(value.temporaryPassword),
              );
            }}
          >
            <FormStatus state={state} />
            <DialogFooter>
              <SubmitButton variant="destructive" pending={pending}>
                Replace the password
              </SubmitButton>
            </DialogFooter>
          </form>
        ) : (
          <OneTimePassword password={password} name={person.name} />
        )}
      </DialogContent>
    </Dialog>
  );
}

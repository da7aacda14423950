"use client";

import { useState } from "react";
import { RoleBadges } from "@/components/identity/role-badges";
import { useSignIn } from "@/components/identity/use-sign-in";
import { FormStatus } from "@/components/layout/form-status";
import type { Role } from "@/lib/domain/access/permissions";
import { ROLE_WORDS } from "@/lib/domain/identity/role-words";

type Person = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
};

/** The demo's people: one click signs in as one of them. Drawn only where the server runs a demo. */
export function DemoPeople({
  people,
  next,
}: {
  readonly people: readonly Person[];
  readonly next: string;
}) {
  const { state, busy, run } = useSignIn(next);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <section aria-labelledby="demo" className="grid content-start gap-4">
      <div className="grid gap-1">
        <h2 id="demo" className="text-base font-semibold">
          This is a demo: be one of these people
        </h2>
        <p className="max-w-[60ch] text-[13px] text-muted-foreground">
          Each sees what their roles allow. Begin as an owner to draft a manifest, then be its
          sponsor to approve it. Outside the demo this list does not exist.
        </p>
      </div>
      <FormStatus state={state} />
      <ul className="grid gap-2 sm:grid-cols-2">
        {people.map((person) => (
          <li key={person.id} className="min-w-0">
            <button
              type="button"
              disabled={busy}
              aria-busy={busy && chosen === person.id}
              aria-label={`Sign in as ${person.name}, ${person.roles.map((role) => ROLE_WORDS[role].label).join(", ")}`}
              onClick={() => {
                setChosen(person.id);
                return run("demo", () => ({ personId: person.id }));
              }}
              className="grid size-full content-start justify-items-start gap-1 rounded-lg border bg-card px-3.5 py-2.5 text-left hover:border-input hover:bg-muted/60 disabled:opacity-60"
            >
              <span className="max-w-full truncate font-medium">{person.name}</span>
              <span className="max-w-full truncate text-[13px] text-muted-foreground">
                {person.title}
              </span>
              <RoleBadges roles={person.roles} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { ROLES, type Role } from "@/lib/domain/access/permissions";
import { ROLE_WORDS } from "@/lib/domain/identity/role-words";

/** Which roles a person holds, each with what it is for. Sent as `roles`, once for each. */
export function RoleCheckboxes({
  held,
  error,
}: {
  readonly held: readonly Role[];
  readonly error: string | undefined;
}) {
  const id = useId();
  return (
    <FieldSet legend="Roles" error={error}>
      <div className="grid gap-2.5">
        {ROLES.map((role) => (
          <div key={role} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
            <Checkbox
              id={`${id}-${role}`}
              name="roles"
              value={role}
              defaultChecked={held.includes(role)}
              aria-describedby={`${id}-${role}-purpose`}
              className="mt-0.5"
            />
            <Label htmlFor={`${id}-${role}`}>{ROLE_WORDS[role].label}</Label>
            <p
              id={`${id}-${role}-purpose`}
              className="col-start-2 text-[13px] text-muted-foreground"
            >
              {ROLE_WORDS[role].purpose}
            </p>
          </div>
        ))}
      </div>
    </FieldSet>
  );
}

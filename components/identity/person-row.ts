import type { FormState } from "@/components/layout/form-status";
import type { Role } from "@/lib/domain/access/permissions";

/** A person as the table shows them. Times are ISO strings. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly passkeys: number;
  readonly sessions: number;
  readonly sponsored: number;
  readonly owned: number;
  readonly temporary: boolean;
};

export type PersonAct = "roles" | "password" | "sessions" | "deactivate" | "reactivate";
export type Chosen = { readonly act: PersonAct; readonly person: Person };

/** The answer of an act that gives out a temporary password. */
export type WithPassword =
  | Exclude<FormState, { readonly status: "ok" }>
  | { readonly status: "ok"; readonly value: { readonly temporaryPassword: string } };

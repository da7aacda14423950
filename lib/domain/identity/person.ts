import { z } from "zod";
import { ROLES, type Role } from "@/lib/domain/access/permissions";

/** Text that a person gives for display: trimmed, in one normal form, without control or direction marks. */
const displayText = (max: number) =>
  z
    .string()
    .max(max * 4, `use at most ${max} characters`)
    .transform((text) => text.normalize("NFC").trim().replace(/\s+/g, " "))
    .pipe(
      z
        .string()
        .max(max, `use at most ${max} characters`)
        .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}]*$/u, "remove the invisible characters"),
    );

export const PersonName = displayText(100).pipe(z.string().min(1, "give a name"));
export const PersonTitle = displayText(100);

/** Lower case: one person, one account, however the address is typed. */
export const Email = z
  .string()
  .trim()
  .max(254, "use at most 254 characters")
  .toLowerCase()
  .pipe(z.email("this is not an e-mail address"));

export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "this is not a time zone that we know");

export const RoleSet = z
  .array(z.enum(ROLES))
  .min(1, "give at least one role")
  .max(ROLES.length)
  .transform((roles) => sortRoles(roles));

export const PersonId = z
  .string()
  .regex(/^[a-z]{2,4}_[a-z0-9-]{4,64}$/, "this is not a person's id");

export const PasskeyName = displayText(60).pipe(z.string().min(1, "give the passkey a name"));

/** Each once, in the order of the table of roles. */
export function sortRoles(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

/** The roles among some words; what is none is left out, so that an unknown role holds nothing. */
export function knownRoles(words: readonly string[]): Role[] {
  return ROLES.filter((role) => words.includes(role));
}

type RoleChange = {
  readonly actorId: string;
  readonly subjectId: string;
  readonly previous: readonly Role[];
  readonly next: readonly Role[];
  /** active people with the role `admin`, the subject included */
  readonly activeAdmins: number;
};

/**
 * Why a change of roles (or a deactivation: no roles left) must not happen, or null. Nobody gives themself a role, no
 * administrator takes their own administration away, and one administrator always remains.
 */
export function roleChangeProblem(change: RoleChange): string | null {
  const losesAdmin = change.previous.includes("admin") && !change.next.includes("admin");
  if (change.actorId === change.subjectId) {
    if (losesAdmin)
      return "you can't take your own administrator role away: ask another administrator";
    const gained = change.next.find((role) => !change.previous.includes(role));
    if (gained !== undefined) {
      return `you can't give yourself the role \`${gained}\`: ask another administrator`;
    }
  }
  if (losesAdmin && change.activeAdmins <= 1) {
    return "this is the last administrator: give the role to somebody else first";
  }
  return null;
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

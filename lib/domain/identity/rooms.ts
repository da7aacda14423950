import { type Actor, can, type Permission } from "@/lib/domain/access/permissions";

/** The rooms of the console, in the order of the navigation, and what it takes to enter each. */
const ROOMS = [
  ["/", "today:read"],
  ["/portfolio", "agent:read"],
  ["/agents", "agent:read"],
  ["/manifests", "manifest:read"],
  ["/reviews", "review:read"],
  ["/incidents", "incident:read"],
  ["/ledger", "ledger:read"],
  ["/people", "people:read"],
  ["/settings", "self:manage"],
] as const satisfies readonly (readonly [string, Permission])[];

export type Room = (typeof ROOMS)[number][0];

/** The rooms that this person may enter. Each page asks again for itself. */
export function visibleRooms(actor: Actor): Room[] {
  return ROOMS.filter(([, permission]) => can(actor, permission)).map(([room]) => room);
}

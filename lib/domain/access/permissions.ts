/** Roles that a person can hold; several at once. */
export const ROLES = ["admin", "sponsor", "owner", "compliance", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/** The signed-in person, as every rule sees them. */
export type Actor = { readonly id: string; readonly roles: readonly Role[] };

const EVERYONE: readonly Role[] = ROLES;

/** The one table of who may do what. Object-level rules (my agent, not my own manifest) stand in each verb. */
export const PERMISSIONS = {
  "today:read": EVERYONE,
  "agent:read": EVERYONE,
  "agent:register": ["admin"],
  "agent:edit": ["admin", "owner"],
  "agent:keys": ["admin", "owner"],
  "agent:produce": ["admin"],
  "agent:retire": ["admin"],
  "sponsor:assign": ["admin"],
  "manifest:read": EVERYONE,
  "manifest:draft": ["owner"],
  "manifest:submit": ["owner"],
  "manifest:approve": ["sponsor"],
  "manifest:return": ["sponsor"],
  "manifest:revoke": ["sponsor", "compliance"],
  "review:read": EVERYONE,
  "review:resolve": ["sponsor", "compliance"],
  "containment:stop": ["sponsor", "compliance", "admin"],
  "containment:lift": ["sponsor", "compliance"],
  "containment:drill": ["sponsor", "compliance", "admin"],
  "containment:acknowledge": EVERYONE,
  "containment:stop-all": ["compliance", "admin"],
  "incident:read": EVERYONE,
  "incident:manage": ["sponsor", "compliance", "admin"],
  "risk:explain": ["sponsor"],
  "ledger:read": EVERYONE,
  "ledger:detail": ["sponsor", "owner", "compliance", "auditor"],
  "ledger:verify": EVERYONE,
  "people:read": ["admin", "compliance", "auditor"],
  "people:manage": ["admin"],
  "evidence:read": ["compliance", "auditor"],
  "evidence:export": ["compliance"],
  "training:read": EVERYONE,
  "self:manage": EVERYONE,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Unknown roles hold nothing; a permission is held when any one role holds it. */
export function can(actor: Actor, permission: Permission): boolean {
  const holders: readonly Role[] = PERMISSIONS[permission];
  return actor.roles.some((role) => holders.includes(role));
}

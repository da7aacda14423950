import { Badge } from "@/components/ui/badge";
import type { Role } from "@/lib/domain/access/permissions";
import { ROLE_WORDS } from "@/lib/domain/identity/role-words";

export function RoleBadges({ roles }: { readonly roles: readonly Role[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {roles.length === 0 ? <Badge tone="outline">No role</Badge> : null}
      {roles.map((role) => (
        <Badge key={role}>{ROLE_WORDS[role].label}</Badge>
      ))}
    </span>
  );
}

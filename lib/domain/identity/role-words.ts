import { PERMISSIONS, type Permission, type Role } from "@/lib/domain/access/permissions";

/** A role as people read it, and what it is for. */
export const ROLE_WORDS: Readonly<
  Record<Role, { readonly label: string; readonly purpose: string }>
> = {
  admin: {
    label: "Administrator",
    purpose: "registers agents, assigns sponsors, manages people; can stop an agent",
  },
  sponsor: {
    label: "Sponsor",
    purpose: "answers for agents: approves manifests, resolves reviews, stops and releases agents",
  },
  owner: {
    label: "Owner",
    purpose: "runs agents technically and drafts their manifests; never approves them",
  },
  compliance: {
    label: "Compliance",
    purpose: "takes escalated reviews, revokes manifests, stops agents, takes evidence",
  },
  auditor: { label: "Auditor", purpose: "reads everything, changes nothing" },
};

/** "Administrator, Compliance or Auditor": the roles of which any one is enough. */
export function rolesFor(permission: Permission): string {
  const labels = PERMISSIONS[permission].map((role) => ROLE_WORDS[role].label);
  const last = labels.at(-1);
  if (last === undefined) return "no role";
  return labels.length === 1 ? last : `${labels.slice(0, -1).join(", ")} or ${last}`;
}

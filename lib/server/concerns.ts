import { Prisma } from "@/prisma/generated/client";

/** SQL condition over `Agent a`: it is this person's business, as sponsor, deputy or owner. */
export function concerns(personId: string): Prisma.Sql {
  return Prisma.sql`(a."ownerId" = ${personId} OR EXISTS (SELECT FROM "Sponsorship" s
    WHERE s."agentId" = a."id" AND s."toAt" IS NULL AND s."personId" = ${personId}))`;
}

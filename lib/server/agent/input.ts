import { z } from "zod";
import { Classification } from "@/lib/domain/agent/classification";
import { AgentName } from "@/lib/domain/agent/name";
import { Prose } from "@/lib/domain/agent/prose";
import { AGENT_KINDS } from "@/lib/domain/agent/tier";
import { ResourcePattern } from "@/lib/domain/manifest/manifest";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";

export const AgentId = z.string().regex(/^agt_[a-z0-9]{8,40}$/, "not an agent's id");
const PersonId = z.string().regex(/^per_[a-z0-9-]{4,64}$/, "choose a person");
const EntityId = z.string().regex(/^ent_[a-z0-9-]{4,64}$/, "choose a legal entity");
export const Reason = ReasonInWords;

/** What is said about an agent, at registration and afterwards. */
export const AgentFields = z.strictObject({
  name: AgentName,
  description: Prose(2000),
  kind: z.enum(AGENT_KINDS, "choose a kind"),
  ownerId: PersonId,
  legalEntityId: EntityId,
  resources: z
    .array(ResourcePattern)
    .max(100, "at most 100 patterns")
    .refine((patterns) => new Set(patterns).size === patterns.length, "a pattern stands twice"),
  classification: Classification,
});
export type AgentFields = z.output<typeof AgentFields>;

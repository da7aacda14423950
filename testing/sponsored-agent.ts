import type { Tier } from "@/lib/domain/agent/tier";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import {
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "./factories";

/** An agent that can be allowed something: in production, with a competent sponsor and a manifest in force. */
export async function makeSponsoredAgent(
  options: { readonly tier?: Tier; readonly manifest?: Partial<IntentManifest> } = {},
) {
  const owner = await makePerson(["owner"]);
  const sponsor = await makePerson(["sponsor"]);
  await makeCompetent(sponsor.id, MODULE_IDS);
  const entity = await makeLegalEntity();
  const { agent, key } = await makeAgent({
    ownerId: owner.id,
    legalEntityId: entity.id,
    sponsorId: sponsor.id,
    ...(options.tier ? { tier: options.tier } : {}),
  });
  const document = exampleManifest(agent.id, options.manifest);
  const row = await makeManifestInForce(document, owner.id);
  return {
    agent,
    key,
    owner,
    sponsor,
    manifest: { id: row.id, version: row.version, document },
  };
}

export type SponsoredAgent = Awaited<ReturnType<typeof makeSponsoredAgent>>;

/** Within the example manifest. */
export function readInvoice(agentId: string, id = "inv-1"): EvaluationRequest {
  return {
    subject: { type: "agent", id: agentId },
    action: { name: "read" },
    resource: { type: "invoice", id },
    context: {
      cluster: "read-documents",
      purpose: "Read the invoice to match it",
      reasoning: "The letter of credit names this invoice, so its amounts must agree.",
      records: 1,
      dataClass: "internal",
    },
  };
}

/** Within the example manifest, but a person confirms each. */
export function postEntry(agentId: string, spend = 1200.5, id = "le-1"): EvaluationRequest {
  return {
    subject: { type: "agent", id: agentId },
    action: { name: "post" },
    resource: { type: "ledger-entry", id },
    context: {
      cluster: "post-entries",
      purpose: "Settle the matched invoice",
      reasoning: "Invoice and letter of credit agree.",
      spend,
      dataClass: "internal",
    },
  };
}

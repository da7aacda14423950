import { verifyRegistrationResponse } from "@simplewebauthn/server";
import type { Role } from "@/lib/domain/access/permissions";
import type { Tier } from "@/lib/domain/agent/tier";
import { documentText } from "@/lib/domain/manifest/document";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
import { createDraft } from "@/lib/server/manifest/create-draft";
import { saveDraft } from "@/lib/server/manifest/save-draft";
import { submitManifest } from "@/lib/server/manifest/submit";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeLegalEntity,
  makePerson,
  randomDigest,
} from "./factories";
import { SoftPasskey } from "./soft-passkey";

/** A sponsor with all training. */
export async function makeSponsor(roles: readonly Role[] = ["sponsor"]) {
  const person = await makePerson(roles);
  await makeCompetent(person.id, MODULE_IDS);
  return person;
}

/** Gives a person a passkey, straight into the database. */
export async function givePasskey(personId: string): Promise<SoftPasskey> {
  const passkey = new SoftPasskey(personId);
  const challenge = randomDigest();
  const { registrationInfo } = await verifyRegistrationResponse({
    response: passkey.register(challenge),
    expectedChallenge: challenge,
    expectedOrigin: "http://localhost:3000",
    expectedRPID: "localhost",
  });
  if (registrationInfo === undefined) throw new Error("the soft passkey does not register");
  await db.passkey.create({
    data: {
      id: registrationInfo.credential.id,
      personId,
      name: "test",
      publicKey: Buffer.from(registrationInfo.credential.publicKey),
      counter: 0,
      transports: ["internal"],
      createdAt: new Date(),
    },
  });
  return passkey;
}

/** An agent with owner, competent sponsor and deputy, and no manifest. */
export async function makeAgentAndPeople(tier: Tier = "moderate") {
  const owner = await makePerson(["owner"]);
  const sponsor = await makeSponsor();
  const deputy = await makeSponsor();
  const entity = await makeLegalEntity();
  const { agent, key } = await makeAgent({
    ownerId: owner.id,
    legalEntityId: entity.id,
    sponsorId: sponsor.id,
    deputyId: deputy.id,
    tier,
  });
  const as = {
    owner: (now?: Date) => ctxOf(owner, ["owner"], now),
    sponsor: (now?: Date) => ctxOf(sponsor, ["sponsor"], now),
    deputy: (now?: Date) => ctxOf(deputy, ["sponsor"], now),
  };
  return { agent, key, owner, sponsor, deputy, as };
}

export type AgentAndPeople = Awaited<ReturnType<typeof makeAgentAndPeople>>;

/** A draft with this document, written by the owner through the verbs. */
export async function makeDraft(
  { agent, as }: AgentAndPeople,
  change: Partial<IntentManifest> = {},
): Promise<{ readonly manifestId: string; readonly version: number; readonly revision: number }> {
  const { manifestId, version } = await createDraft(as.owner(), {
    agentId: agent.id,
    from: { kind: "template" },
  });
  const text = documentText(exampleManifest(agent.id, change));
  const { revision } = await saveDraft(as.owner(), { manifestId, revision: 1, text });
  return { manifestId, version, revision };
}

/** The same, submitted. */
export async function makeSubmitted(
  people: AgentAndPeople,
  change: Partial<IntentManifest> = {},
): Promise<{ readonly manifestId: string; readonly version: number; readonly digest: string }> {
  const { manifestId, version, revision } = await makeDraft(people, change);
  const { digest } = await submitManifest(people.as.owner(), { manifestId, revision });
  return { manifestId, version, digest };
}

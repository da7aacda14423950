/**
 * What a test needs to exist before it starts, written straight into its own database. The seed uses
 * the real verbs instead.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { Actor, Role } from "@/lib/domain/access/permissions";
import type { Tier } from "@/lib/domain/agent/tier";
import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { base64url, sha256 } from "@/lib/domain/crypto/sha256";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";

const DAY_MS = 86_400_000;
const DAY_AGO = () => new Date(Date.now() - DAY_MS);

export function ctxOf(person: { id: string }, roles: readonly Role[], now = new Date()): Ctx {
  const actor: Actor = { id: person.id, roles };
  return { actor, now };
}

export async function makePerson(roles: readonly Role[], name = "Test Person") {
  const id = newId("per");
  return db.person.create({
    data: {
      id,
      name,
      email: `${id}@bank.example`,
      roles: { create: roles.map((role) => ({ role })) },
    },
  });
}

export async function makeLegalEntity() {
  const id = newId("ent");
  return db.legalEntity.create({ data: { id, name: `Entity ${id}`, country: "GB" } });
}

/** Every module that any tier asks of a sponsor, passed yesterday, valid for a year. */
export async function makeCompetent(personId: string, modules: readonly string[]) {
  await db.certificate.createMany({
    data: modules.map((module) => ({
      id: newId("crt"),
      personId,
      module,
      version: 1,
      score: 90,
      passedAt: DAY_AGO(),
      expiresAt: new Date(Date.now() + 365 * DAY_MS),
    })),
  });
}

export type AgentKeyPair = {
  readonly privateKey: KeyObject;
  readonly publicJwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
  readonly jkt: string;
};

export function makeKeyPair(): AgentKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const x = publicKey.export({ format: "jwk" }).x ?? "";
  const publicJwk = { kty: "OKP", crv: "Ed25519", x } as const;
  const jkt = createHash("sha256").update(canonicalJson(publicJwk)).digest("base64url");
  return { privateKey, publicJwk, jkt };
}

export async function makeAgent(options: {
  readonly ownerId: string;
  readonly legalEntityId: string;
  readonly tier?: Tier;
  readonly status?: "registered" | "production" | "retired";
  readonly sponsorId?: string;
  readonly deputyId?: string;
}) {
  const id = newId("agt");
  const key = makeKeyPair();
  const sponsorships = [
    { kind: "sponsor", personId: options.sponsorId },
    { kind: "deputy", personId: options.deputyId },
  ].flatMap(({ kind, personId }) =>
    personId === undefined ? [] : [{ id: newId("spn"), kind, personId, fromAt: DAY_AGO() }],
  );
  const agent = await db.agent.create({
    data: {
      id,
      name: `Agent ${id}`,
      nameKey: `agent ${id}`,
      description: "An agent for a test",
      kind: "assistive",
      ownerId: options.ownerId,
      legalEntityId: options.legalEntityId,
      status: options.status ?? "production",
      classification: {},
      tier: options.tier ?? "moderate",
      resources: ["invoice:*"],
      createdAt: DAY_AGO(),
      productionAt: options.status === "registered" ? null : DAY_AGO(),
      keys: {
        create: {
          jkt: key.jkt,
          publicJwk: key.publicJwk,
          notBefore: DAY_AGO(),
          createdAt: DAY_AGO(),
        },
      },
      sponsorships: { create: sponsorships },
    },
  });
  return { agent, key };
}

/** May read and match invoices, and post small ledger entries once a person confirmed each. */
export function exampleManifest(
  agentId: string,
  change: Partial<IntentManifest> = {},
): IntentManifest {
  return {
    schema: "intent-manifest.v1",
    agentId,
    goal: "Reconcile invoices with letters of credit and prepare ledger entries",
    clusters: [
      {
        id: "read-documents",
        purpose: "Read the documents that a reconciliation needs",
        rules: [
          {
            actions: ["read"],
            resources: ["invoice:*", "letter-of-credit:*"],
            impact: "routine",
            confirm: "never",
          },
        ],
      },
      {
        id: "post-entries",
        purpose: "Post the entries that settle a reconciled invoice",
        rules: [
          {
            actions: ["post"],
            resources: ["ledger-entry:*"],
            when: "context.spend <= 250000.0",
            impact: "transformative",
            confirm: "each",
          },
        ],
      },
    ],
    never: [
      {
        id: "payroll",
        because: "Pay data is outside of this agent's purpose",
        actions: ["*"],
        resources: ["payroll:**"],
      },
    ],
    dataClassCeiling: "confidential",
    budgets: {
      requests: { minute: 120, day: 5000 },
      records: { day: 20_000 },
      spend: { day: 1_000_000, currency: "GBP" },
    },
    network: [],
    risk: { review: 60, contain: 85 },
    validity: {
      notBefore: new Date(Date.now() - DAY_MS).toISOString(),
      notAfter: new Date(Date.now() + 180 * DAY_MS).toISOString(),
    },
    ...change,
  };
}

/** A manifest row in state `approved`, without the approval itself: for tests of what comes after it. */
export async function makeManifestInForce(document: IntentManifest, authorId: string, version = 1) {
  return db.manifest.create({
    data: {
      id: newId("mft"),
      agentId: document.agentId,
      version,
      state: "approved",
      document,
      digest: base64url(sha256(canonicalJson(document))),
      authorId,
      createdAt: DAY_AGO(),
      updatedAt: DAY_AGO(),
      submittedAt: DAY_AGO(),
      approvedAt: DAY_AGO(),
    },
  });
}

export function randomDigest(): string {
  return base64url(randomBytes(32));
}

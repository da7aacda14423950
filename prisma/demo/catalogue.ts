/** Registers the demo's agents, brings their manifests through approval and puts them into production. */
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { addKey } from "@/lib/server/agent/add-key";
import { attestFacts } from "@/lib/server/agent/attest";
import { putIntoProduction } from "@/lib/server/agent/put-into-production";
import { registerAgent } from "@/lib/server/agent/register";
import { db } from "@/lib/server/db";
import { approveManifest } from "@/lib/server/manifest/approve";
import { createDraft } from "@/lib/server/manifest/create-draft";
import { prepareApproval } from "@/lib/server/manifest/prepare-approval";
import { returnManifest } from "@/lib/server/manifest/return";
import { runBacktest } from "@/lib/server/manifest/run-backtest";
import { saveDraft } from "@/lib/server/manifest/save-draft";
import { submitManifest } from "@/lib/server/manifest/submit";
import { assignSponsor } from "@/lib/server/sponsor/assign";
import { AGENTS, type DemoAgent } from "./agents";
import type { PersonKey } from "./firm";
import type { Mandate } from "./manifests";
import type { Staff } from "./staff";
import type { Act } from "./types";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type Registered = { readonly id: string; readonly agent: DemoAgent };

/** Where the demo agents' private keys lie: readable by the person who ran the seed, git-ignored. */
export type KeyFolder = string;

function makeKey(folder: KeyFolder, agentId: string, name: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const content = JSON.stringify({
    agentId,
    name,
    privateJwk: privateKey.export({ format: "jwk" }),
  });
  fs.writeFileSync(path.join(folder, `${agentId}.jwk.json`), content, { mode: 0o600 });
  const { x } = publicKey.export({ format: "jwk" });
  return { kty: "OKP", crv: "Ed25519", x };
}

function documentOf(agentId: string, mandate: Mandate, from: Date): IntentManifest {
  const iso = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    schema: "intent-manifest.v1",
    agentId,
    ...mandate,
    validity: { notBefore: iso(from), notAfter: iso(new Date(from.getTime() + 330 * DAY_MS)) },
  };
}

/** Draft, text, submission: by the owner. */
export async function submitMandate(
  staff: Staff,
  { id, agent }: Registered,
  mandate: Mandate,
  at: Date,
): Promise<string> {
  const manifestId = await draftMandate(staff, { id, agent }, mandate, at);
  const { revision } = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
  await submitManifest(staff.ctx(agent.owner, at), { manifestId, revision });
  return manifestId;
}

async function draftMandate(
  staff: Staff,
  { id, agent }: Registered,
  mandate: Mandate,
  at: Date,
): Promise<string> {
  const owner = staff.ctx(agent.owner, at);
  const { manifestId } = await createDraft(owner, { agentId: id, from: { kind: "template" } });
  const { revision } = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
  const text = JSON.stringify(documentOf(id, mandate, at), null, 2);
  await saveDraft(owner, { manifestId, revision, text });
  return manifestId;
}

/** One person's approval, signed by their passkey over the digest of what they saw. */
async function sign(staff: Staff, who: PersonKey, manifestId: string, at: Date): Promise<void> {
  const ctx = staff.ctx(who, at);
  const { backtestId } = await runBacktest(ctx, { manifestId });
  const attestation =
    "I have read this manifest, its difference from the version in force and the backtest. What it allows is what this agent is for.";
  const prepared = await prepareApproval(ctx, { manifestId, backtestId, attestation });
  const response = staff.authenticator(who).assert(prepared.digest);
  await approveManifest(ctx, {
    manifestId,
    backtestId,
    attestation,
    at: prepared.statement.at,
    proof: { kind: "passkey", response },
  });
}

export async function approveMandate(
  staff: Staff,
  { agent }: Registered,
  manifestId: string,
  at: Date,
): Promise<void> {
  if (agent.sponsor === null) throw new Error(`${agent.name} has no sponsor`);
  await sign(staff, agent.sponsor, manifestId, at);
  const { state } = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
  if (state === "submitted" && agent.deputy !== undefined) {
    await sign(staff, agent.deputy, manifestId, new Date(at.getTime() + HOUR_MS));
  }
}

export async function registerAll(staff: Staff, at: Date, keys: KeyFolder): Promise<Registered[]> {
  const registered: Registered[] = [];
  for (const [index, agent] of AGENTS.entries()) {
    const when = new Date(at.getTime() + index * HOUR_MS);
    registered.push(await registerOne(staff, agent, when, keys));
  }
  return registered;
}

async function registerOne(
  staff: Staff,
  agent: DemoAgent,
  at: Date,
  keys: KeyFolder,
): Promise<Registered> {
  const admin = staff.ctx("nina", at);
  const { agentId } = await registerAgent(admin, {
    name: agent.name,
    description: agent.description,
    kind: agent.kind,
    ownerId: staff.ctx(agent.owner, at).actor.id,
    legalEntityId: staff.entities.get(agent.entity),
    resources: agent.resources,
    classification: agent.questionnaire,
  });
  const registered = { id: agentId, agent };
  for (const kind of ["sponsor", "deputy"] as const) {
    const who = agent[kind];
    if (who === null || who === undefined) continue;
    await assignSponsor(admin, {
      agentId,
      personId: staff.ctx(who, at).actor.id,
      kind,
      reason: "Runs the business process that this agent works in, and trained for its tier",
    });
  }
  if (agent.fate === "registered") return registered;
  await addKey(admin, { agentId, publicJwk: makeKey(keys, agentId, agent.name) });
  const { version } = await db.agent.findUniqueOrThrow({ where: { id: agentId } });
  await attestFacts(admin, {
    agentId,
    version,
    dedicatedCredentials: true,
    loggingEnabled: true,
    reason:
      "Own service account in the vault; logs arrive in the firm's log store (checked by sample)",
  });
  const later = (hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);
  const manifestId = await submitMandate(staff, registered, agent.mandate, later(30));
  await approveMandate(staff, registered, manifestId, later(52));
  await putIntoProduction(staff.ctx("nina", later(56)), { agentId });
  return registered;
}

/** What the owners hand in on the last day, and the sponsors have not all answered. */
export function leaveWork(staff: Staff, registered: readonly Registered[], end: Date): Act[] {
  const before = (hours: number): Date => new Date(end.getTime() - hours * HOUR_MS);
  return registered.flatMap((each, index): Act[] => {
    const { next, sponsor } = each.agent;
    if (next === undefined) return [];
    const at = before(21 - index * 0.2);
    if (next.state === "draft") {
      return [{ at, run: async () => void (await draftMandate(staff, each, next.mandate, at)) }];
    }
    let manifestId = "";
    const submit: Act = {
      at,
      run: async () => {
        manifestId = await submitMandate(staff, each, next.mandate, at);
      },
    };
    if (next.state === "submitted" || sponsor === null) return [submit];
    const answered = before(18);
    const reason =
      "This lets it start, stop and delete anything, production too, in one cluster. Name what each task needs and I will look again.";
    return [
      submit,
      {
        at: answered,
        run: async () =>
          void (await returnManifest(staff.ctx(sponsor, answered), { manifestId, reason })),
      },
    ];
  });
}

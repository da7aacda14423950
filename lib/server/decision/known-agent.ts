import { createPublicKey, type KeyObject } from "node:crypto";
import { asTier, type Tier } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS, type ContainmentLevel } from "@/lib/domain/containment/level";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import { type CompiledManifest, compileManifest } from "@/lib/domain/policy/compile";
import type { AgentState } from "@/lib/domain/policy/decision";
import { competence, type Pass } from "@/lib/domain/training/competence";
import type { Query } from "../ledger/append";
import { log } from "../log";

export type KnownKey = {
  readonly jkt: string;
  readonly agentId: string;
  readonly publicKey: KeyObject;
  /** epoch ms */
  readonly notBefore: number;
  readonly notAfter: number | null;
  readonly revoked: boolean;
  /** a containment rule saw it misused */
  readonly suspect: boolean;
};

type Acting = { readonly personId: string; readonly passes: readonly Pass[] };

/** What a gateway keeps in memory of one agent. */
export type KnownAgent = {
  readonly id: string;
  readonly name: string;
  readonly status: AgentState["status"];
  readonly tier: Tier;
  readonly containment: ContainmentLevel | null;
  readonly riskScore: number;
  readonly manifest: CompiledManifest | null;
  /** manifests that are not in force any more */
  readonly ended: ReadonlyMap<string, "superseded" | "revoked">;
  readonly keys: ReadonlyMap<string, KnownKey>;
  /** the sponsor, or the deputy where the sponsor is inactive (lib/server/sponsor/queries.ts says the same) */
  readonly acting: Acting | null;
};

type Row = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly tier: string;
  readonly containment: string | null;
  readonly riskScore: number;
  readonly manifest: {
    readonly id: string;
    readonly version: number;
    readonly document: unknown;
  } | null;
  readonly ended: readonly { readonly id: string; readonly state: string }[];
  readonly keys: readonly {
    readonly jkt: string;
    readonly publicJwk: { readonly kty: string; readonly crv: string; readonly x: string };
    readonly notBefore: number;
    readonly notAfter: number | null;
    readonly revoked: boolean;
    readonly suspect: boolean;
  }[];
  readonly acting: {
    readonly personId: string;
    readonly passes: readonly {
      readonly module: string;
      readonly passedAt: number;
      readonly expiresAt: number;
    }[];
  } | null;
};

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

const SELECT_AGENTS = `
SELECT a."id", a."name", a."status", a."tier", a."containment", a."riskScore",
  (SELECT json_build_object('id', m."id", 'version', m."version", 'document', m."document")
     FROM "Manifest" m WHERE m."agentId" = a."id" AND m."state" = 'approved') AS manifest,
  (SELECT coalesce(json_agg(json_build_object('id', m."id", 'state', m."state")), '[]')
     FROM "Manifest" m WHERE m."agentId" = a."id" AND m."state" IN ('superseded', 'revoked')) AS ended,
  (SELECT coalesce(json_agg(json_build_object('jkt', k."jkt", 'publicJwk', k."publicJwk",
       'notBefore', ${MS('k."notBefore"')}, 'notAfter', ${MS('k."notAfter"')}, 'revoked', k."revokedAt" IS NOT NULL,
       'suspect', k."suspectAt" IS NOT NULL)), '[]')
     FROM "AgentKey" k WHERE k."agentId" = a."id") AS keys,
  (SELECT json_build_object('personId', s."personId", 'passes',
       (SELECT coalesce(json_agg(json_build_object('module', c."module",
            'passedAt', ${MS('c."passedAt"')}, 'expiresAt', ${MS('c."expiresAt"')})), '[]')
          FROM "Certificate" c WHERE c."personId" = s."personId"))
     FROM "Sponsorship" s JOIN "Person" p ON p."id" = s."personId"
    WHERE s."agentId" = a."id" AND s."toAt" IS NULL AND p."active"
      AND EXISTS (SELECT FROM "PersonRole" r WHERE r."personId" = s."personId" AND r."role" = 'sponsor')
    ORDER BY s."kind" = 'sponsor' DESC LIMIT 1) AS acting
FROM "Agent" a WHERE $1::text[] IS NULL OR a."id" = ANY($1::text[])`;

/** Reads agents (null: all of them). What `known` holds and can't have changed is not made again. */
export async function readAgents(
  query: Query,
  ids: readonly string[] | null,
  known: ReadonlyMap<string, KnownAgent>,
): Promise<readonly KnownAgent[]> {
  const rows = await query<Row>(SELECT_AGENTS, [ids]);
  return rows.map((row) => knownAgent(row, known.get(row.id)));
}

function knownAgent(row: Row, before: KnownAgent | undefined): KnownAgent {
  return {
    id: row.id,
    name: row.name,
    status: row.status === "production" || row.status === "retired" ? row.status : "registered",
    tier: asTier(row.tier),
    containment: level(row.containment),
    riskScore: row.riskScore,
    manifest: row.manifest === null ? null : manifestInForce(row.id, row.manifest, before),
    ended: new Map(
      row.ended.map(({ id, state }) => [id, state === "superseded" ? state : "revoked"]),
    ),
    keys: new Map(
      row.keys.flatMap((key) => knownKey(row.id, key, before)).map((key) => [key.jkt, key]),
    ),
    acting: row.acting && {
      personId: row.acting.personId,
      passes: row.acting.passes.map((pass) => ({
        module: pass.module,
        passedAt: new Date(pass.passedAt),
        expiresAt: new Date(pass.expiresAt),
      })),
    },
  };
}

/** A level that this version doesn't know was written by a newer one: the agent is stopped until we understand it. */
function level(text: string | null): ContainmentLevel | null {
  if (text === null) return null;
  return CONTAINMENT_LEVELS.find((known) => known === text) ?? "stopped";
}

/** Null, so that nothing is allowed, where the document can't be compiled: that is this agent's trouble, not everyone's. */
function manifestInForce(
  agentId: string,
  row: NonNullable<Row["manifest"]>,
  before: KnownAgent | undefined,
): CompiledManifest | null {
  // An approved document never changes (the database sees to it), so it is compiled once.
  if (before?.manifest?.manifestId === row.id) return before.manifest;
  try {
    const document = IntentManifest.parse(row.document);
    return compileManifest(document, { manifestId: row.id, version: row.version });
  } catch (err) {
    log.error({ err, agentId, manifestId: row.id }, "the manifest in force can't be compiled");
    return null;
  }
}

function knownKey(
  agentId: string,
  row: Row["keys"][number],
  before: KnownAgent | undefined,
): readonly KnownKey[] {
  const { jkt, publicJwk, ...validity } = row;
  const made = before?.keys.get(jkt)?.publicKey ?? publicKey(agentId, publicJwk);
  return made === null ? [] : [{ jkt, agentId, publicKey: made, ...validity }];
}

function publicKey(agentId: string, jwk: Row["keys"][number]["publicJwk"]): KeyObject | null {
  try {
    const { kty, crv, x } = jwk;
    const key = createPublicKey({ key: { kty, crv, x }, format: "jwk" });
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch (err) {
    log.error({ err, agentId }, "a registered key can't be read");
    return null;
  }
}

/** Is the key neither revoked nor outside its period at `now` (epoch ms)? */
export function keyValidAt(key: KnownKey, now: number): boolean {
  return !key.revoked && key.notBefore <= now && (key.notAfter ?? now + 1) > now;
}

type Competent = { readonly from: number; readonly until: number };
const competentSpans = new WeakMap<KnownAgent, Competent>();

/** The acting sponsor at `now` (epoch ms). Training ends by the clock, without an event, so it is asked every time. */
export function sponsorAt(agent: KnownAgent, now: number): AgentState["sponsor"] {
  if (agent.acting === null) return null;
  const { personId, passes } = agent.acting;
  const span = competentSpans.get(agent);
  if (span && now >= span.from && now < span.until) return { personId, competent: true };
  const { competentUntil } = competence(passes, agent.tier, new Date(now));
  if (competentUntil === null) return { personId, competent: false };
  competentSpans.set(agent, { from: now, until: competentUntil.getTime() });
  return { personId, competent: true };
}

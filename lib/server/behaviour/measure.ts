import { createHash } from "node:crypto";
import { z } from "zod";
import { masked } from "@/lib/domain/behaviour/lexical";
import { actsOf } from "@/lib/domain/behaviour/mandate";
import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import { EvaluationRequest } from "@/lib/domain/policy/request";
import { db } from "../db";
import { distances, type StatedStep, type TextDistances } from "./embed";
import { textModel } from "./text-model";

const BATCH = 1000;
/** About ten seconds of measuring; what is left waits for the next run. */
const MOST_NEW_TEXTS = 300;

const Asked = z.object({ proven: z.literal(true), request: EvaluationRequest });

type Unread = { readonly seq: bigint; readonly manifestId: string | null };
type Said = { readonly seq: bigint; readonly digest: string; readonly stated: StatedStep | null };

/**
 * Measures how far what agents stated lies from their manifests and from their acts, for steps that nobody looked at yet.
 * Each text is measured once: distances are found again by a digest of the masked text, no text is kept. For the worker only.
 */
export async function measureReasoning(): Promise<{
  readonly steps: number;
  readonly texts: number;
}> {
  const total = { steps: 0, texts: 0 };
  while (total.texts < MOST_NEW_TEXTS) {
    const unread = await db.decisionStep.findMany({
      where: { textDigest: null },
      select: { seq: true, manifestId: true },
      orderBy: { seq: "asc" },
      take: BATCH,
    });
    if (unread.length === 0) break;
    const measured = await measureBatch(await readSaid(unread));
    total.steps += unread.length;
    total.texts += measured;
  }
  return total;
}

async function readSaid(unread: readonly Unread[]): Promise<readonly Said[]> {
  const [details, manifests] = await Promise.all([
    db.ledgerDetail.findMany({
      where: { seq: { in: unread.map(({ seq }) => seq) } },
      select: { seq: true, detail: true },
    }),
    readManifests(new Set(unread.flatMap(({ manifestId }) => manifestId ?? []))),
  ]);
  const bySeq = new Map(details.map(({ seq, detail }) => [seq, detail]));
  return unread.map(({ seq, manifestId }): Said => {
    const asked = Asked.safeParse(bySeq.get(seq));
    const manifest = manifests.get(manifestId ?? "");
    if (!asked.success || manifest === undefined) return { seq, digest: "", stated: null };
    const { action, resource, context } = asked.data.request;
    const { reasoning, purpose, cluster } = context;
    const declared = manifest.clusters.find(({ id }) => id === cluster);
    const stated: StatedStep = {
      reasoning,
      purpose,
      action: action.name,
      resourceType: resource.type,
      goal: manifest.goal,
      clusterPurpose: declared?.purpose ?? null,
      clusterActs: declared === undefined ? [] : actsOf(declared),
    };
    return { seq, digest: digestOf(stated), stated };
  });
}

async function readManifests(
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, IntentManifest>> {
  const rows = await db.manifest.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, document: true },
  });
  return new Map(
    rows.flatMap(({ id, document }) => {
      const parsed = IntentManifest.safeParse(document);
      return parsed.success ? [[id, parsed.data] as const] : [];
    }),
  );
}

function digestOf({ reasoning, purpose, ...rest }: StatedStep): string {
  const said = masked(reasoning) || masked(purpose);
  return createHash("sha256")
    .update(canonicalJson({ said, ...rest }))
    .digest("base64url");
}

/** Says how many texts had to be measured anew. */
async function measureBatch(said: readonly Said[]): Promise<number> {
  const known = await knownDistances(said.map(({ digest }) => digest));
  const missing = new Map<string, StatedStep>();
  for (const { digest, stated } of said) {
    if (stated !== null && !known.has(digest)) missing.set(digest, stated);
  }
  const fresh = await distances([...missing.values()]);
  [...missing.keys()].forEach((digest, index) => {
    const found = fresh[index];
    if (found !== undefined) known.set(digest, found);
  });
  const rows = said.map(({ seq, digest }) => ({ seq, digest, found: known.get(digest) }));
  await db.$executeRaw`
    UPDATE "DecisionStep" s SET "textDigest" = m.d, "reasoningDistance" = m.r, "actDistance" = m.a, "distanceModel" = m.n
    FROM unnest(${rows.map(({ seq }) => seq)}::bigint[], ${rows.map(({ digest }) => digest)}::text[],
      ${rows.map(({ found }) => found?.reasoningDistance ?? null)}::float8[],
      ${rows.map(({ found }) => found?.actDistance ?? null)}::float8[],
      ${rows.map(({ found }) => found?.distanceModel ?? null)}::text[]) AS m(s, d, r, a, n)
    WHERE s."seq" = m.s`;
  return missing.size;
}

async function knownDistances(digests: readonly string[]): Promise<Map<string, TextDistances>> {
  const wanted = [...new Set(digests)].filter((digest) => digest !== "");
  if (wanted.length === 0) return new Map();
  const { name } = await textModel();
  const rows = await db.$queryRaw<(TextDistances & { readonly textDigest: string })[]>`
    SELECT d AS "textDigest", s.* FROM unnest(${wanted}::text[]) AS w(d) CROSS JOIN LATERAL (
      SELECT "reasoningDistance", "actDistance", "distanceModel" FROM "DecisionStep"
      WHERE "textDigest" = d AND "distanceModel" = ${name} LIMIT 1) s`;
  return new Map(rows.map(({ textDigest, ...found }) => [textDigest, found]));
}

import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import { digestOf } from "@/lib/domain/manifest/approval";
import {
  BACKTEST_DAYS,
  BACKTEST_MAX,
  type BacktestManifest,
  backtest,
  backtestDigest,
  type PastRequest,
} from "@/lib/domain/manifest/backtest";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import { compileManifest } from "@/lib/domain/policy/compile";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { newId } from "../ids";
import { parseInput } from "../input";
import { unrecorded } from "../unrecorded";
import { ManifestId } from "./input";
import { loadManifest } from "./load";
import { pastRequests } from "./past-requests";
import { readStored } from "./stored-document";

const Input = z.strictObject({ manifestId: ManifestId });
const PERMISSION = "ledger:detail";

export type BacktestRun = { readonly backtestId: string; readonly digest: string };

async function run(ctx: Ctx, raw: unknown): Promise<BacktestRun> {
  authorise(ctx, PERMISSION);
  const { manifestId } = parseInput(Input, raw);
  const { manifest, agent, former } = await loadManifest(db, ctx, manifestId);
  const read = readStored(manifest.document, agent.id);
  if (read.manifest === null) {
    throw new AppError("invalid", "the manifest is not complete yet", { fields: read.problems });
  }
  const after: BacktestManifest = {
    manifestId,
    digest: manifest.digest ?? digestOf(read.manifest),
    compiled: compileManifest(read.manifest, { manifestId, version: manifest.version }),
    confirmed: await confirmedTargets(manifestId),
  };
  const from = new Date(ctx.now.getTime() - BACKTEST_DAYS * 86_400_000);
  const { past, truncated } = await pastRequests(agent.id, {
    from,
    to: ctx.now,
    max: BACKTEST_MAX,
  });
  const before = former === null || former.id === manifestId ? null : await formerSide(former);
  const result = backtest(
    past satisfies readonly PastRequest[],
    { before, after },
    {
      from,
      to: ctx.now,
      truncated,
      agentId: agent.id,
      tier: asTier(agent.tier),
    },
  );
  const digest = backtestDigest(result);
  return keep({ manifestId, digest, result })(ctx, {});
}

/**
 * Decides the requests of the last 30 days again, under this manifest and under the one in force, and keeps the result
 * for an approval to rest on. For everyone who may read what was asked. Returns `{ backtestId, digest }`.
 * Errors: "not-found"; "invalid" while the manifest is not complete.
 */
export const runBacktest = Object.assign(run, { permission: PERMISSION } as const);

function keep(row: { manifestId: string; digest: string; result: ReturnType<typeof backtest> }) {
  return unrecorded({
    permission: PERMISSION,
    because: "it changes nothing; an approval that rests on it records its digest",
    input: z.strictObject({}),
    async run(tx, { ctx }): Promise<BacktestRun> {
      const known = await tx.backtest.findFirst({
        where: { manifestId: row.manifestId, digest: row.digest },
      });
      if (known !== null) return { backtestId: known.id, digest: row.digest };
      const id = newId("bkt");
      await tx.backtest.create({ data: { id, ...row, createdAt: ctx.now } });
      return { backtestId: id, digest: row.digest };
    },
  });
}

async function formerSide(former: {
  readonly id: string;
  readonly version: number;
  readonly digest: string | null;
  readonly document: unknown;
}): Promise<BacktestManifest> {
  const document = IntentManifest.safeParse(former.document);
  const meta = { manifestId: former.id, version: former.version };
  return {
    manifestId: former.id,
    digest: former.digest ?? "",
    compiled: document.success ? compileManifest(document.data, meta) : null,
    confirmed: await confirmedTargets(former.id),
  };
}

async function confirmedTargets(manifestId: string): Promise<ReadonlySet<string>> {
  const rows = await db.confirmedTarget.findMany({ where: { manifestId } });
  return new Set(rows.map(({ clusterId, target }) => `${clusterId} ${target}`));
}

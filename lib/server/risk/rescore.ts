import { AppError } from "@/lib/domain/errors";
import { type RiskScore, riskScore } from "@/lib/domain/risk/score";
import { rule } from "../command";
import { db, type Tx } from "../db";
import { manifestInForce } from "../manifest-in-force";
import { notify } from "../notify";
import { peopleBehind } from "../standing";
import { readBehaviour } from "./behaviour";

/**
 * Scores every agent in production as of `now`. A changed score is recorded, and who answers for the agent is told when
 * it passes a threshold of the manifest; an unchanged one only moves `riskAt`. Two at once record a change once.
 */
export async function rescoreAll(
  now: Date,
): Promise<{ readonly scored: number; readonly changed: number }> {
  const agents = await db.agent.findMany({
    where: { status: "production" },
    select: { id: true, riskScore: true },
    orderBy: { id: "asc" },
  });
  const behaviour = await readBehaviour(
    agents.map(({ id }) => id),
    now,
  );
  let changed = 0;
  for (const { id, riskScore: previous } of agents) {
    const seen = behaviour.get(id);
    if (seen === undefined) continue;
    const result = riskScore(seen);
    if (result.score === previous) {
      // A measurement without news: not an event.
      await db.agent.updateMany({
        where: { id, riskScore: previous, OR: [{ riskAt: null }, { riskAt: { lt: now } }] },
        data: { riskAt: now },
      });
    } else if (await recordedOnce(now, { agentId: id, result })) {
      changed += 1;
    }
  }
  return { scored: agents.length, changed };
}

type Change = { readonly agentId: string; readonly result: RiskScore };

async function recordedOnce(now: Date, change: Change): Promise<boolean> {
  try {
    await record(now, change);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "stale") return false;
    throw error;
  }
}

const record = rule(
  async (tx, call: { readonly now: Date; readonly input: Change; readonly seq: bigint }) => {
    const { now, seq } = call;
    const { agentId, result } = call.input;
    const agent = await tx.agent.findUnique({ where: { id: agentId } });
    const later = agent?.riskAt !== null && agent !== null && agent.riskAt >= now;
    if (agent === null || later || agent.riskScore === result.score) {
      throw new AppError("stale", "somebody else has scored it");
    }
    await tx.agent.update({
      where: { id: agentId },
      data: { riskScore: result.score, riskAt: now },
    });
    await tx.riskScore.create({
      data: {
        agentId,
        at: now,
        score: result.score,
        formula: result.formula,
        factors: result.factors.map((factor) => ({ ...factor })),
        seq,
      },
    });
    await tellOfThreshold(tx, { agent, score: result.score, now });
    return {
      value: result.score,
      events: [
        {
          event: {
            kind: "risk.rescored",
            agentId,
            score: result.score,
            previous: agent.riskScore,
            formula: result.formula,
            factors: result.factors.map(({ signal, points }) => ({ signal, points })),
          },
        },
      ],
    };
  },
);

async function tellOfThreshold(
  tx: Tx,
  passed: {
    readonly agent: {
      readonly id: string;
      readonly name: string;
      readonly ownerId: string;
      readonly riskScore: number;
    };
    readonly score: number;
    readonly now: Date;
  },
): Promise<void> {
  const { agent, score, now } = passed;
  const manifest = await manifestInForce(tx, agent.id, now);
  if (manifest === null) return;
  const { review, contain } = manifest.document.risk;
  const rose = (threshold: number) => agent.riskScore < threshold && score >= threshold;
  if (!rose(contain) && !rose(review)) return;
  await notify(tx, {
    personIds: await peopleBehind(tx, agent),
    kind: "risk.threshold",
    title: rose(contain)
      ? `${agent.name}: risk rose to ${score}; every request is blocked from ${contain} on`
      : `${agent.name}: risk rose to ${score}; every request waits for a person from ${review} on`,
    href: `/agents/${agent.id}`,
    now,
  });
}

import { beforeAll, describe, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
import { ctxOf, makeAgent, makeCompetent, makeLegalEntity, makePerson } from "@/testing/factories";
import { applyContainment } from "./apply";
import { liftContainment } from "./lift";

const reason = "Three payees that nobody here knows";
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});

async function sponsored(trained: boolean) {
  const sponsor = await makePerson(["sponsor"]);
  if (trained) await makeCompetent(sponsor.id, MODULE_IDS);
  const { agent } = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  return { agent, ctx: ctxOf(sponsor, ["sponsor"]) };
}
const levelOf = async (agentId: string) =>
  (await db.agent.findUniqueOrThrow({ where: { id: agentId } })).containment;
const events = async (agentId: string) =>
  (await db.ledgerEntry.findMany({ where: { agentId }, orderBy: { seq: "asc" } })).map(
    ({ canonical }) => JSON.parse(canonical),
  );
const epoch = async () => (await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } })).epoch;

describe("apply", () => {
  test("an untrained sponsor stops the agent; gateways are told; the words stay out of the body", async () => {
    const { agent, ctx } = await sponsored(false);
    const before = await epoch();
    await applyContainment(ctx, { agentId: agent.id, level: "stopped", reason });
    expect(await levelOf(agent.id)).toBe("stopped");
    expect(await epoch()).toBe(before + 1n);
    const [event] = await events(agent.id);
    expect(event).toMatchObject({
      kind: "containment.applied",
      level: "stopped",
      rule: null,
      personId: ctx.actor.id,
    });
    expect(JSON.stringify(event)).not.toContain("payees");
  });

  test("stricter replaces milder, with one containment open; milder is refused", async () => {
    const { agent, ctx } = await sponsored(false);
    await applyContainment(ctx, { agentId: agent.id, level: "throttle", reason });
    await applyContainment(ctx, { agentId: agent.id, level: "quarantine", reason });
    for (const level of ["quarantine", "observe"]) {
      await expect(
        applyContainment(ctx, { agentId: agent.id, level, reason }),
      ).rejects.toMatchObject({ code: "conflict" });
    }
    const rows = await db.containment.findMany({
      where: { agentId: agent.id },
      orderBy: { appliedSeq: "asc" },
    });
    expect(rows.map(({ level, liftedAt }) => [level, liftedAt === null])).toEqual([
      ["throttle", false],
      ["quarantine", true],
    ]);
    expect(rows[0]?.liftedSeq).toBe(rows[1]?.appliedSeq);
  });

  test("compliance and administrators may; other sponsors, owners and auditors may not", async () => {
    const { agent } = await sponsored(false);
    const other = await makePerson(["sponsor", "auditor", "compliance", "admin"]);
    for (const [id, roles] of [
      [other.id, ["sponsor"]],
      [ownerId, ["owner"]],
      [other.id, ["auditor"]],
    ] as const) {
      await expect(
        applyContainment(ctxOf({ id }, roles), { agentId: agent.id, level: "stopped", reason }),
      ).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await levelOf(agent.id)).toBeNull();
    const compliance = ctxOf(other, ["compliance"]);
    await applyContainment(compliance, { agentId: agent.id, level: "observe", reason });
    const admin = ctxOf(other, ["admin"]);
    await applyContainment(admin, { agentId: agent.id, level: "stopped", reason });
    expect(await levelOf(agent.id)).toBe("stopped");
  });

  test("two at once: the stricter level stands, whatever the order", async () => {
    const { agent, ctx } = await sponsored(false);
    await Promise.allSettled(
      ["stopped", "observe", "stopped"].map((level) =>
        applyContainment(ctx, { agentId: agent.id, level, reason }),
      ),
    );
    expect(await levelOf(agent.id)).toBe("stopped");
    expect(await db.containment.count({ where: { agentId: agent.id, liftedAt: null } })).toBe(1);
  });
});

describe("lift", () => {
  test("takes a trained sponsor and a reason, and is recorded", async () => {
    const { agent, ctx } = await sponsored(true);
    await applyContainment(ctx, { agentId: agent.id, level: "stopped", reason });
    const input = { agentId: agent.id, from: "stopped", to: null };
    await expect(liftContainment(ctx, input)).rejects.toMatchObject({ code: "invalid" });
    await liftContainment(ctx, { ...input, reason });
    expect(await levelOf(agent.id)).toBeNull();
    expect((await events(agent.id)).at(-1)).toMatchObject({
      kind: "containment.lifted",
      level: "stopped",
      personId: ctx.actor.id,
    });
    await expect(liftContainment(ctx, { ...input, reason })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("eases to a milder level as two events", async () => {
    const { agent, ctx } = await sponsored(true);
    await applyContainment(ctx, { agentId: agent.id, level: "stopped", reason });
    await liftContainment(ctx, { agentId: agent.id, from: "stopped", to: "confirm-all", reason });
    expect(await levelOf(agent.id)).toBe("confirm-all");
    const open = await db.containment.findMany({ where: { agentId: agent.id, liftedAt: null } });
    expect(open).toMatchObject([{ level: "confirm-all", byPerson: ctx.actor.id }]);
    expect((await events(agent.id)).slice(1).map(({ kind }) => kind)).toEqual([
      "containment.lifted",
      "containment.applied",
    ]);
  });

  test("never makes stricter, and a form that saw another level is stale", async () => {
    const { agent, ctx } = await sponsored(true);
    await applyContainment(ctx, { agentId: agent.id, level: "throttle", reason });
    await expect(
      liftContainment(ctx, { agentId: agent.id, from: "throttle", to: "stopped", reason }),
    ).rejects.toMatchObject({ code: "conflict" });
    await applyContainment(ctx, { agentId: agent.id, level: "quarantine", reason });
    await expect(
      liftContainment(ctx, { agentId: agent.id, from: "throttle", to: null, reason }),
    ).rejects.toMatchObject({ code: "stale" });
    expect(await levelOf(agent.id)).toBe("quarantine");
  });

  test("not without training, not by compliance or an administrator, not by the owner", async () => {
    const { agent, ctx } = await sponsored(false);
    await applyContainment(ctx, { agentId: agent.id, level: "stopped", reason });
    const input = { agentId: agent.id, from: "stopped", to: null, reason };
    await expect(liftContainment(ctx, input)).rejects.toMatchObject({ code: "competence" });
    const other = await makePerson(["compliance"]);
    for (const [id, roles] of [
      [other.id, ["compliance", "admin"]],
      [ownerId, ["owner", "sponsor"]],
    ] as const) {
      await expect(liftContainment(ctxOf({ id }, roles), input)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect(await levelOf(agent.id)).toBe("stopped");
  });
});

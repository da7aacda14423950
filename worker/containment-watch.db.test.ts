import { expect, test } from "vitest";
import { nextPosition } from "@/lib/server/containment/facts";
import { db } from "@/lib/server/db";
import { ask, makeToken, startGatewayProcess } from "@/testing/gateway";
import { makeSponsoredAgent, readInvoice } from "@/testing/sponsored-agent";
import { watchContainment } from "./containment-watch";

/** What "within a second or two" may take on a busy machine. */
const SOON_MS = 2000;

test("three denied proofs stop the agent at every gateway within two seconds, and its key is refused for itself", async () => {
  const made = await makeSponsoredAgent();
  const { agent, key, manifest, sponsor } = made;
  const who = { key, token: makeToken({ manifest, key, sponsorId: sponsor.id }) };
  const gateways = await Promise.all([startGatewayProcess(), startGatewayProcess()]);
  const [first, second] = gateways;
  if (!first || !second) throw new Error("no gateways");
  const stop = watchContainment(await nextPosition());
  try {
    const body = readInvoice(agent.id);
    const altered = { proof: { body: readInvoice(agent.id, "inv-2") } };
    expect((await ask(first.origin, who, body)).body.decision).toBe(true);
    for (const origin of [first.origin, second.origin, first.origin]) {
      const { body: answer } = await ask(origin, who, body, altered);
      expect(answer.context.reason_code).toBe("intent_mismatch");
    }
    const denied = Date.now();
    const reasons = new Map<string, string>();
    while (reasons.size < gateways.length && Date.now() < denied + SOON_MS) {
      for (const { origin } of gateways) {
        const { context } = (await ask(origin, who, body)).body;
        if (context.reason_code !== "within_manifest") reasons.set(origin, context.reason_code);
      }
    }
    expect([...reasons.values()]).toEqual(["agent_key_suspect", "agent_key_suspect"]);
    const after = await db.agent.findUniqueOrThrow({ where: { id: agent.id } });
    expect(after.containment).toBe("stopped");
  } finally {
    await stop();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
  }
});

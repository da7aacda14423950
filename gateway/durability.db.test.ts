import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import {
  type Answer,
  ask,
  evaluationUrl,
  type GatewayProcess,
  makeProof,
  makeToken,
  postEvaluation,
  startGatewayProcess,
} from "@/testing/gateway";
import { makeSponsoredAgent, postEntry, readInvoice } from "@/testing/sponsored-agent";

const running: GatewayProcess[] = [];
async function start(): Promise<GatewayProcess> {
  const gateway = await startGatewayProcess();
  running.push(gateway);
  return gateway;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.stop("SIGKILL")));
});

const WIDE = { budgets: { requests: { day: 1_000_000 } } };

async function makeAsker() {
  const made = await makeSponsoredAgent({ manifest: WIDE });
  const { manifest, key, sponsor } = made;
  return { ...made, token: makeToken({ manifest, key, sponsorId: sponsor.id }) };
}

async function expectNoGap(): Promise<number> {
  const entries = await db.ledgerEntry.findMany({ orderBy: { seq: "asc" }, select: { seq: true } });
  expect(entries.map((entry) => Number(entry.seq))).toEqual(entries.map((_, index) => index));
  return entries.length;
}

test("a proof is good once: at the same gateway, after its restart, and at two gateways at once", async () => {
  const who = await makeAsker();
  const body = readInvoice(who.agent.id);
  const send = (origin: string, proof: string) =>
    postEvaluation(origin, { body, token: who.token, proof });
  const fresh = () => makeProof(who.key, { url: evaluationUrl(), token: who.token, body });

  const first = await start();
  const proof = fresh();
  expect((await send(first.origin, proof)).body.decision).toBe(true);
  const again = await send(first.origin, proof);
  expect(again.status).toBe(401);
  expect(again.body.context.reason_code).toBe("proof_replayed");

  await first.stop("SIGKILL");
  const [second, third] = await Promise.all([start(), start()]);
  const restarted = await send(second.origin, proof);
  expect(restarted.body.context.reason_code).toBe("proof_replayed");

  for (let round = 0; round < 5; round++) {
    const shared = fresh();
    const answers = await Promise.all(
      [second, third, second, third].map(({ origin }) => send(origin, shared)),
    );
    const allowed = answers.filter((answer) => answer.body.decision === true);
    const replayed = answers.filter(
      (answer) => answer.body.context.reason_code === "proof_replayed",
    );
    expect([allowed.length, replayed.length]).toEqual([1, 3]);
  }
});

test("two gateways and a human act at once: the sequence has no gap, and every answer is in the ledger", async () => {
  const who = await makeAsker();
  const [first, second] = await Promise.all([start(), start()]);
  const before = await expectNoGap();
  const human = async () => {
    for (let i = 0; i < 10; i++) {
      await ledgerTransaction({ personId: null, now: new Date() }, async () => ({
        value: null,
        events: [
          {
            event: {
              kind: "agent.changed",
              agentId: who.agent.id,
              tier: "moderate",
              fields: ["description"],
            },
          },
        ],
      }));
    }
  };
  const asked = Array.from({ length: 200 }, (_, i) =>
    ask(i % 2 ? first.origin : second.origin, who, readInvoice(who.agent.id, `inv-${i}`)),
  );
  const [answers] = await Promise.all([Promise.all(asked), human()]);
  expect(answers.every((answer) => answer.body.decision === true)).toBe(true);
  expect(await expectNoGap()).toBe(before + 210);
  await expectRecorded(answers);
});

/** Each answer's entry is there and says what the answer said. */
async function expectRecorded(answers: readonly Answer[]) {
  const seqs = answers.map((answer) => BigInt(answer.body.context.seq));
  expect(new Set(seqs).size).toBe(answers.length);
  const entries = await db.ledgerEntry.findMany({ where: { seq: { in: seqs } } });
  const outcomes = new Map(entries.map((entry) => [entry.seq, entry.outcome]));
  for (const { body } of answers) {
    expect(outcomes.get(BigInt(body.context.seq))).toBe(body.context.outcome);
  }
}

test("kill -9 under load: every decision that an agent heard is in the ledger, and the next gateway goes on", async () => {
  const who = await makeAsker();
  const gateway = await start();
  const heard: Answer[] = [];
  let asking: boolean = true;
  const agent = async (name: number) => {
    for (let i = 0; asking; i++) {
      try {
        heard.push(await ask(gateway.origin, who, readInvoice(who.agent.id, `inv-${name}-${i}`)));
      } catch {
        return; // the connection broke: no answer means no
      }
    }
  };
  const agents = Array.from({ length: 24 }, (_, name) => agent(name));
  while (heard.length < 150) await new Promise((resolve) => setTimeout(resolve, 5));
  gateway.child.kill("SIGKILL");
  await Promise.all(agents);
  asking = false;
  expect(heard.length).toBeGreaterThanOrEqual(150);
  expect(heard.every((answer) => answer.status === 200)).toBe(true);
  await expectRecorded(heard);
  await expectNoGap();

  const next = await start();
  const answer = await ask(next.origin, who, readInvoice(who.agent.id));
  expect(answer.body.decision).toBe(true);
  await expectNoGap();
});

test("a leave that a person gave once is used once, whoever asks at the same time", async () => {
  const who = await makeAsker();
  const [first, second] = await Promise.all([start(), start()]);
  const request = postEntry(who.agent.id);
  const held = await ask(first.origin, who, request);
  const { review, request_digest: requestDigest } = held.body.context;
  await db.review.update({
    where: { id: review.id },
    data: { state: "resolved", resolution: "override", resolvedAt: new Date(), resolvedSeq: 0n },
  });
  await db.grant.create({
    data: {
      id: newId("grt"),
      agentId: who.agent.id,
      reviewId: review.id,
      requestDigest,
      expiresAt: new Date(Date.now() + 60_000),
      createdAt: new Date(),
    },
  });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => ask(i % 2 ? first.origin : second.origin, who, request)),
  );
  const granted = answers.filter((answer) => answer.body.decision === true);
  expect(granted.map((answer) => answer.body.context.reason_code)).toEqual(["granted_once"]);
});

test("SIGTERM answers what was asked and ends", async () => {
  const who = await makeAsker();
  const gateway = await start();
  const asked = Array.from({ length: 40 }, (_, i) =>
    ask(gateway.origin, who, readInvoice(who.agent.id, `inv-${i}`)),
  );
  // At least one connection is established, so that the server is at work when the signal comes.
  await Promise.race(asked);
  const stopped = gateway.stop("SIGTERM");
  const answers = (await Promise.allSettled(asked)).flatMap((result) =>
    result.status === "fulfilled" ? [result.value] : [],
  );
  await stopped;
  expect(gateway.child.exitCode).toBe(0);
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.every((answer) => answer.status === 200)).toBe(true);
  await expectRecorded(answers);
});

import pg from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { applyContainment } from "@/lib/server/containment/apply";
import { ctxOf, makeAgent, makeLegalEntity, makePerson } from "@/testing/factories";
import { GET } from "./route";

const session = vi.hoisted(() => ({ requireApiCtx: vi.fn() }));
vi.mock("@/lib/server/session", () => session);
const position = vi.hoisted(() => ({ fail: false }));
vi.mock(import("@/lib/server/live"), async (original) => {
  const live = await original();
  return {
    ...live,
    newestPosition: () =>
      position.fail ? Promise.reject(new Error("no database")) : live.newestPosition(),
  };
});
/** Patience, not a promise: how long a busy machine may take. */
const SOON = { timeout: 30_000 };
afterEach(() => vi.useRealTimers());

const signedIn = () => session.requireApiCtx.mockResolvedValue({ sessionId: "ses_none" });

async function contain() {
  const admin = await makePerson(["admin"]);
  const { agent } = await makeAgent({
    ownerId: (await makePerson(["owner"])).id,
    legalEntityId: (await makeLegalEntity()).id,
  });
  await applyContainment(ctxOf(admin, ["admin"]), {
    agentId: agent.id,
    level: "observe",
    reason: "To be watched closely",
  });
}

/** Collects what the stream says until it is told to stop. */
async function listen(query: string) {
  const gone = new AbortController();
  const answer = await GET(
    new Request(`http://localhost/api/live?${query}`, { signal: gone.signal }),
  );
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const heard = { text: "", done: false };
  const pump = async () => {
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      heard.text += part.value;
    }
    heard.done = true;
  };
  void pump();
  return { answer, heard, stop: () => gone.abort() };
}

test("tells of the kinds that were asked for, and of nothing else", async () => {
  signedIn();
  await contain();
  // Once this one is told to look again, the connection hears.
  const first = await listen("after=-1");
  await vi.waitFor(() => expect(first.heard.text).toContain("event: again"), SOON);
  const wanted = await listen("after=1000000&kinds=decision,containment.applied");
  const other = await listen("after=1000000&kinds=review.resolved");
  expect(wanted.answer.headers.get("content-type")).toContain("text/event-stream");
  await contain();
  await vi.waitFor(() => expect(wanted.heard.text).toContain("event: ledger"), SOON);
  expect(wanted.heard.text).toContain('"kinds":["containment.applied"]');
  expect(other.heard.text).not.toContain("event:");
  first.stop();
  wanted.stop();
  other.stop();
});

test("who saw less than there is, is told to look again at once", async () => {
  signedIn();
  await contain();
  const { heard, stop } = await listen("after=-1");
  await vi.waitFor(() => expect(heard.text).toContain("event: again"), SOON);
  stop();
});

test("a moment without the database does not make it deaf to what is missed later", async () => {
  signedIn();
  await contain();
  position.fail = true;
  const { heard, stop } = await listen("after=-1");
  await vi.waitFor(() => expect(heard.text).toContain("event: again"), SOON);
  position.fail = false;
  const other = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
  await other.connect();
  await other.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'countersign-live'`,
  );
  await other.end();
  await vi.waitFor(() => expect(heard.text.match(/event: again/g)).toHaveLength(2), SOON);
  stop();
});

test("ends with the session", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  signedIn();
  const { heard } = await listen("after=1000000");
  vi.advanceTimersByTime(20_000);
  await vi.waitFor(() => expect(heard.done).toBe(true), SOON);
  expect(heard.text).toContain("event: ended");
});

test("nobody who is not signed in hears anything, and nonsense is refused", async () => {
  session.requireApiCtx.mockRejectedValue(new AppError("unauthenticated", "sign in first"));
  expect((await GET(new Request("http://localhost/api/live?after=1"))).status).toBe(401);
  signedIn();
  for (const query of ["", "after=x", "after=1e99"]) {
    const answer = await GET(new Request(`http://localhost/api/live?${query}`));
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  }
});

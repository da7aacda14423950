import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { can, PERMISSIONS, ROLES } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { db } from "@/lib/server/db";

const HERE = import.meta.dirname;

type Walked = { readonly name: string; readonly verb: CallableFunction & { permission: string } };

function isVerb(value: unknown): value is Walked["verb"] {
  return (
    typeof value === "function" && "permission" in value && typeof value.permission === "string"
  );
}

/** Take a caller, and leave the asking to somebody else. */
const HELPERS: readonly (readonly [RegExp, string])[] = [
  [/^today\/(?!queries\.ts)/, "parts of `today`, which asks"],
  [/^incident\/timeline\.ts:readTimeline$/, "a part of the incident's page and pack, which ask"],
  [/^manifest\/list\.ts:manifestPage$/, "a part of `listManifests`, which asks"],
  [
    /^step-up\.ts:/,
    "the verb that is confirmed asks; the caller's own proof is all that is touched",
  ],
  [/^waiting\.ts:waitingFor$/, "counts what the caller may see, and nothing for others"],
];

type Taker = { readonly name: string; readonly call: CallableFunction };

/** Is the first parameter the caller's Ctx? By its name, which is the same everywhere. */
function takesCtx(value: unknown): value is CallableFunction {
  return (
    typeof value === "function" &&
    /^(?:async\s+)?(?:function\s*)?\w*\s*\(\s*ctx\b/.test(Function.prototype.toString.call(value))
  );
}

/** Every verb and every query of every word, found by looking and not by a list that somebody forgets. */
async function exports(): Promise<{ readonly verbs: Walked[]; readonly others: Taker[] }> {
  const verbs: Walked[] = [];
  const others: Taker[] = [];
  for (const file of readdirSync(HERE, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
    const module: Record<string, unknown> = await import(path.join(HERE, file));
    for (const [key, value] of Object.entries(module)) {
      const name = `${file}:${key}`;
      if (isVerb(value)) verbs.push({ name, verb: value });
      else if (takesCtx(value)) others.push({ name, call: value });
    }
  }
  return { verbs, others };
}

function holders(permission: string): readonly string[] {
  return Object.entries(PERMISSIONS).find(([name]) => name === permission)?.[1] ?? [];
}

const { verbs, others } = await exports();

test("there are verbs to walk, each under a permission of the table", () => {
  expect(verbs.length).toBeGreaterThan(15);
  for (const { name, verb } of verbs)
    expect(Object.keys(PERMISSIONS), name).toContain(verb.permission);
});

test("every verb refuses every role without its permission, and writes nothing", async () => {
  const before = await db.ledgerEntry.count();
  let refused = 0;
  for (const { name, verb } of verbs) {
    for (const role of [...ROLES, null]) {
      const actor = { id: "per_walker0001", roles: role === null ? [] : [role] };
      if (role !== null && holders(verb.permission).includes(role)) continue;
      await expect(
        verb({ actor, now: new Date() }, {}),
        `${name} as ${role}`,
      ).rejects.toMatchObject({
        code: "forbidden",
      });
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(verbs.length);
  expect(await db.ledgerEntry.count()).toBe(before);
});

test("who holds no role at all holds no permission", () => {
  expect(can({ id: "per_nobody0001", roles: [] }, "today:read")).toBe(false);
});

test("whatever else takes a caller refuses one without any role before it reads anything", async () => {
  const ctx = { actor: { id: "per_walker0001", roles: [] }, now: new Date() };
  expect(others.length).toBeGreaterThan(15);
  const lax: string[] = [];
  for (const { name, call } of others) {
    const answer = await Promise.resolve()
      .then(() => call(ctx, {}, {}))
      .then(
        () => "answered",
        (error: unknown) => (error instanceof AppError ? error.code : String(error)),
      );
    if (answer !== "forbidden") lax.push(name);
  }
  expect(lax.filter((name) => !HELPERS.some(([pattern]) => pattern.test(name)))).toEqual([]);
});

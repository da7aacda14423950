import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { can, PERMISSIONS, ROLES } from "@/lib/domain/access/permissions";
import { db } from "@/lib/server/db";

const HERE = import.meta.dirname;

type Walked = { readonly name: string; readonly verb: CallableFunction & { permission: string } };

function isVerb(value: unknown): value is Walked["verb"] {
  return (
    typeof value === "function" && "permission" in value && typeof value.permission === "string"
  );
}

/** Every verb of every word, found by looking and not by a list that somebody forgets. */
async function allVerbs(): Promise<Walked[]> {
  const found: Walked[] = [];
  for (const file of readdirSync(HERE, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
    const module: Record<string, unknown> = await import(path.join(HERE, file));
    for (const [name, value] of Object.entries(module)) {
      if (isVerb(value)) found.push({ name: `${file}:${name}`, verb: value });
    }
  }
  return found;
}

function holders(permission: string): readonly string[] {
  return Object.entries(PERMISSIONS).find(([name]) => name === permission)?.[1] ?? [];
}

const verbs = await allVerbs();

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

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const HERE = import.meta.dirname;

/** Who writes without being a command, a rule, or declared unrecorded; and why nobody has to answer for it. */
const WRITERS: Readonly<Record<string, string>> = {
  "ledger/transaction.ts": "what commands and rules run in",
  "ledger/checkpoint.ts": "signs heads of what is recorded already",
  "unrecorded.ts": "what declared verbs run in",
  "identity/open-session.ts": "begins and ends the session of who signs in or out",
  "identity/check-session.ts": "when a session was last seen",
  "identity/sign-in.ts": "uses up the challenge of who signs in",
  "housekeeping.ts": "clears what is worth nothing any more",
  "behaviour/project.ts": "projects out of the ledger what it says already",
  "behaviour/match-spans.ts": "joins traces to decisions that stand in the ledger",
  "behaviour/rescore.ts": "when a score was last worked out; a change of it is a rule",
};

const METHODS = "create|createMany|update|updateMany|upsert|delete|deleteMany";
const WRITES = new RegExp(
  String.raw`\bdb\s*\.(?:\$transaction|\w+\s*\.(?:${METHODS})\()|\bledgerTransaction\(`,
);

test("everything else that changes the database is a command, a rule, or declared unrecorded", () => {
  const writers = readdirSync(HERE, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .filter((file) => WRITES.test(readFileSync(path.join(HERE, file), "utf8")));
  const rest = writers.filter((file) => file !== "command.ts");
  expect(rest.sort()).toEqual(Object.keys(WRITERS).sort());
});

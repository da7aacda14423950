import { expect, test } from "vitest";
import { refuseIncomplete } from "./environment.mjs";

test("production refuses to start without its secrets, and names them", () => {
  expect(() =>
    refuseIncomplete({ NODE_ENV: "production", DATABASE_URL: "postgresql://x" }),
  ).toThrow(/NEXTAUTH_SECRET.*COUNTERSIGN_TOKEN_KEY.*COUNTERSIGN_LOG_KEY/);
  expect(() => refuseIncomplete({ NODE_ENV: "production" })).toThrow(/DATABASE_URL/);
});

test("the demo makes what it needs", () => {
  expect(() => refuseIncomplete({})).not.toThrow();
});

import { expect, test } from "vitest";
import { RefusalLimit } from "./refusal-limit";

const MINUTE = 60_000;

test("thirty a minute and agent are recorded, then none until the minute turns", () => {
  const limit = new RefusalLimit();
  const takes = (agentId: string, now: number, times: number) =>
    Array.from({ length: times }, () => limit.take(agentId, now)).filter(Boolean).length;
  expect(takes("a", 5 * MINUTE, 100)).toBe(30);
  expect(takes("b", 5 * MINUTE, 10)).toBe(10);
  expect(takes("a", 6 * MINUTE - 1, 100)).toBe(0);
  expect(takes("a", 6 * MINUTE, 100)).toBe(30);
});

import { expect, test } from "vitest";
import { countAttempt, type ThrottleLimits, type ThrottleState } from "./throttle";

const LIMITS: ThrottleLimits = {
  failures: 3,
  windowSeconds: 600,
  waitSeconds: 60,
  maxWaitSeconds: 200,
};
const T0 = Date.parse("2026-03-02T10:00:00Z");
const at = (seconds: number) => new Date(T0 + seconds * 1000);

/** Attempts at these seconds; what each was told (0: allowed). */
function knock(seconds: readonly number[]): readonly number[] {
  let state: ThrottleState | null = null;
  return seconds.map((second) => {
    const attempt = countAttempt(state, LIMITS, at(second));
    if (!attempt.allowed) return attempt.waitSeconds;
    state = attempt.state;
    return 0;
  });
}

test("the third failure within the window makes the next attempt wait", () => {
  expect(knock([0, 1, 2, 3])).toEqual([0, 0, 0, 59]);
});

test("after the wait one more guess is allowed, and the wait doubles up to its limit", () => {
  expect(knock([0, 1, 2, 62, 63, 182, 183, 382, 383])).toEqual([0, 0, 0, 0, 119, 0, 199, 0, 199]);
});

test("knocking while blocked does not lengthen the wait", () => {
  expect(knock([0, 1, 2, 10, 20, 30, 61])).toEqual([0, 0, 0, 52, 42, 32, 1]);
});

test("failures are forgotten after a quiet window, counted from the end of the last wait", () => {
  expect(knock([0, 1, 2, 662, 663, 664, 665])).toEqual([0, 0, 0, 0, 0, 0, 59]);
  expect(knock([0, 1, 2, 661, 662])).toEqual([0, 0, 0, 0, 119]);
});

test("slow guessing below the limit is never blocked", () => {
  expect(knock([0, 1, 601, 602, 1202, 1203])).toEqual([0, 0, 0, 0, 0, 0]);
});

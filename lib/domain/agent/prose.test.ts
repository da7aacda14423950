import { expect, test } from "vitest";
import { Prose } from "./prose";

test("prose keeps its lines, and refuses what can't be seen or is too short", () => {
  expect(Prose(100).parse(" one\r\ntwo ")).toBe("one\ntwo");
  expect(Prose(100).safeParse("a\u200bb").success).toBe(false);
  expect(Prose(100, 10).safeParse("too short").success).toBe(false);
  expect(Prose(5).safeParse("sixsix").success).toBe(false);
});

import { expect, test } from "vitest";
import { safeNextPath } from "./next-path";

test.each([
  "/reviews",
  "/reviews/rev_1?tab=history",
  "/ledger?kind=decision&page=2",
  "/agents/a%20b",
])("%s is a place to go on to", (path) => {
  expect(safeNextPath(path)).toBe(path);
});

test.each([
  ["another host", "//evil.example/x"],
  ["another host behind a backslash", "/\\evil.example"],
  ["another host behind a tab", "/\t/evil.example"],
  ["another host behind dot segments", "/..//evil.example"],
  ["another host behind encoded dot segments", "/%2e%2e//evil.example"],
  ["a whole address", "https://evil.example"],
  ["a script", "javascript:alert(1)"],
  ["a line break", "/a\r\nSet-Cookie: x=1"],
  ["an API", "/api/auth/signout"],
  ["sign-in itself", "/sign-in?next=/sign-in"],
  ["nothing", ""],
  ["no text", 7],
  ["several", ["/a", "/b"]],
  ["too much", `/${"a".repeat(3000)}`],
])("%s leads to the start instead", (_what, path) => {
  expect(safeNextPath(path)).toBe("/");
});

test("what comes out is a path of this site, whatever went in", () => {
  for (const path of ["/a/../../b", "/.//x", "/a#//evil.example", "/ä/ö"]) {
    const url = new URL(safeNextPath(path), "https://bank.example");
    expect(url.host).toBe("bank.example");
  }
});

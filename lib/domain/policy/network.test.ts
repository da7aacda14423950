import { describe, expect, test } from "vitest";
import { compileNetwork } from "./network";

describe("a network boundary", () => {
  const network = compileNetwork(["core.bank.example:443", "*.swift.example:443"]);

  test.each([
    ["core.bank.example:443", true],
    ["core.bank.example:8443", false],
    ["evil-core.bank.example:443", false],
    ["eu.swift.example:443", true],
    ["a.b.swift.example:443", true],
    ["swift.example:443", false],
    [".swift.example:443", false],
    ["evilswift.example:443", false],
    ["eu.swift.example:4430", false],
    ["eu.swift.example:443.evil.example:443", false],
  ])("%s inside: %s", (destination, expected) => {
    expect(network.allows(destination)).toBe(expected);
  });

  test("that is empty lets nothing through and says so", () => {
    expect(compileNetwork([]).allows("core.bank.example:443")).toBe(false);
    expect(compileNetwork([]).text).toBe("no network destination");
  });
});

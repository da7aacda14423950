import { expect, it } from "vitest";
import { isCrossSite } from "./cross-site";

const own = "https://countersign.bank.example";
const post = { method: "POST", site: null, origin: null, own };

it.each(["cross-site", "same-site", "", "SAME-ORIGIN"])(
  "a change is refused where the browser says `%s`, whatever the origin says",
  (site) => {
    expect(isCrossSite({ ...post, site, origin: own })).toBe(true);
  },
);

it.each(["same-origin", "none"])("a change is taken where the browser says `%s`", (site) => {
  expect(isCrossSite({ ...post, site })).toBe(false);
});

it.each([
  "https://evil.example",
  "https://other.bank.example",
  "http://countersign.bank.example",
  "https://countersign.bank.example:8443",
  "null",
  "",
])("a browser that says no more than its origin is refused from `%s`", (origin) => {
  expect(isCrossSite({ ...post, origin })).toBe(true);
});

it("our own pages, programs that are no browser, and reading are let through", () => {
  expect(isCrossSite({ ...post, origin: own })).toBe(false);
  expect(isCrossSite(post)).toBe(false);
  expect(isCrossSite({ ...post, method: "GET", site: "cross-site" })).toBe(false);
  expect(isCrossSite({ ...post, method: "delete", site: "cross-site" })).toBe(true);
});

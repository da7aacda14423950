import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manifestArbitrary, sampleManifest } from "@/testing/arbitrary-manifest";
import { conditionInWords } from "./condition-in-words";
import { daysInWords, pluralOf, resourceInWords } from "./humanise";
import type { IntentManifest } from "./manifest";
import { plainEnglish } from "./plain-english";

const texts = (manifest: IntentManifest, you = true) => {
  const plain = plainEnglish(manifest, { you });
  return [
    ...plain.may,
    ...plain.mayWithConfirmation,
    ...plain.never,
    ...plain.limits,
    ...plain.hours,
    ...plain.network,
    ...plain.validity,
  ];
};

describe("a manifest in plain English", { timeout: 60_000 }, () => {
  it("says it as the sponsor would", () => {
    expect(texts(sampleManifest()).map((s) => s.text)).toEqual([
      "May read and list invoices and letters of credit.",
      "May post ledger entries under “uk/” up to £250,000, each confirmed by you.",
      "May never touch payroll, because pay data is out of scope.",
      "May touch data of class confidential at most.",
      "At most 60 requests a minute.",
      "At most 5,000 requests a day.",
      "At most 10,000 records a day.",
      "At most £1,000,000 a day.",
      "From a risk score of 60, every request waits for you.",
      "From a risk score of 85, every request is blocked.",
      "May work Monday to Friday from 07:00 to 19:00 (Europe/London).",
      "May talk to ledger.bank.example, port 443.",
      "Valid from 1 January 2026, 00:00 UTC.",
      "Valid until 31 December 2026, 00:00 UTC.",
    ]);
  });

  it("speaks of the sponsor to everyone else", () => {
    expect(
      texts(sampleManifest(), false)
        .map((s) => s.text)
        .join(" "),
    ).toContain("each confirmed by the sponsor");
  });

  it("lets the reason follow on, whatever letter it starts with", () => {
    const never = ["A person does it", "KYC files are for people", "lists come from outside."].map(
      (because, n) => ({
        id: `n${n}`,
        because,
        actions: ["delete", "amend"],
        resources: ["invoice:**"],
      }),
    );
    expect(plainEnglish(sampleManifest({ never })).never.map((s) => s.text)).toEqual([
      "May never delete or amend invoices, because a person does it.",
      "May never delete or amend invoices, because KYC files are for people.",
      "May never delete or amend invoices, because lists come from outside.",
    ]);
  });

  it("says what is unlimited", () => {
    const { hours: _, ...open } = sampleManifest({ budgets: {}, network: [] });
    expect(texts(open).map((s) => s.text)).toEqual(
      expect.arrayContaining([
        "No limit on requests.",
        "No limit on records touched.",
        "No limit on spend.",
        "May work at any hour of any day.",
        "May talk to no network destination.",
      ]),
    );
  });

  it("hides nothing: every rule, never-rule, budget, window and host is there, with its condition", () => {
    fc.assert(
      fc.property(manifestArbitrary(), (manifest) => {
        const said = new Map(texts(manifest).map((s) => [s.path, s]));
        manifest.clusters.forEach((cluster, c) => {
          cluster.rules.forEach((rule, r) => {
            const sentence = said.get(`/clusters/${c}/rules/${r}`);
            expect(sentence?.condition?.source).toBe(rule.when);
            for (const part of [...rule.actions, ...rule.resources])
              expect(sentence?.exact).toContain(part);
            expect(sentence?.text.includes("confirmed by you")).toBe(rule.confirm !== "never");
            for (const resource of rule.resources)
              expect(sentence?.text).toContain(resourceInWords(resource));
          });
        });
        manifest.never.forEach((rule, n) => {
          const sentence = said.get(`/never/${n}`);
          for (const part of [...rule.actions, ...rule.resources])
            expect(sentence?.exact).toContain(part);
          expect(sentence?.condition?.source).toBe(rule.when);
          expect(sentence?.text).toMatch(/^May never/);
        });
        for (const kind of ["requests", "records", "spend"] as const) {
          for (const period of ["minute", "hour", "day"] as const) {
            expect(said.has(`/budgets/${kind}/${period}`)).toBe(
              manifest.budgets[kind]?.[period] !== undefined,
            );
          }
        }
        for (const [w, window] of (manifest.hours?.windows ?? []).entries()) {
          expect(said.get(`/hours/windows/${w}`)?.text).toContain(`${window.from} to ${window.to}`);
        }
        for (const [n, host] of manifest.network.entries()) {
          expect(said.get(`/network/${n}`)?.text).toContain(host.replace("*.", "").split(":")[0]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a condition in words", () => {
  it.each([
    ["context.spend <= 250000", "the spend is at most £250,000"],
    ["context.spend <= 99.5", "the spend is at most £99.50"],
    [
      "context.records < 50 && context.spend > 10",
      "the number of records is below 50 and the spend is above £10",
    ],
    [
      "context.records < 5 || (context.spend < 5 && context.records > 1)",
      "the number of records is below 5 or (the spend is below £5 and the number of records is above 1)",
    ],
    ['action.name in ["read", "list"]', "the action is one of “read” or “list”"],
    ['resource.id.startsWith("uk/")', "the resource id starts with “uk/”"],
    ['resource.properties.countryCode == "GB"', "the resource's country code is “GB”"],
    ["resource.properties.approved == true", "the resource's approved is true"],
    ["resource.properties.approved", "the resource's approved is true"],
    ["!resource.properties.closed", "it is not so that the resource's closed is true"],
    ['"vip" in resource.properties.tags', "the resource's tags includes “vip”"],
    ["has(resource.properties.owner)", "the resource's owner is given"],
    ["context.step >= -1", "the step number is at least -1"],
  ])("%s", (source, words) => {
    expect(conditionInWords(source, "GBP")).toBe(words);
  });

  it.each([
    "context.spend * 2 <= 10",
    "size(resource.id) < 4",
    "resource.id.matches('a+')",
    "unknown.thing == 1",
    "context.spend <= 0.001",
    "context.spend <= context.records",
    "250 >= context.spend",
    "context.spend <=",
    "context.dataClass in []",
  ])("is left as it stands: %s", (source) => {
    expect(conditionInWords(source, "GBP")).toBeNull();
    const [cluster] = sampleManifest().clusters;
    const [rule] = cluster?.rules ?? [];
    if (!cluster || !rule) throw new Error("the sample has a rule");
    const manifest = sampleManifest({
      clusters: [{ ...cluster, rules: [{ ...rule, when: source }] }],
    });
    expect(plainEnglish(manifest).may[0]?.text).toContain(`this holds: ${source}`);
  });
});

describe("words", () => {
  it.each([
    ["ledger-entry", "ledger entries"],
    ["letter-of-credit", "letters of credit"],
    ["kyc-file", "kyc files"],
    ["address", "addresses"],
    ["payroll", "payroll"],
  ])("%s → %s", (type, words) => expect(pluralOf(type)).toBe(words));

  it.each([
    ["invoice:**", "invoices"],
    ["invoice:*", "invoices"],
    ["invoice:inv-1", "the invoice “inv-1”"],
    ["ledger-entry:uk/*", "ledger entries directly under “uk/”"],
    ["ledger-entry:*/2026", "ledger entries matching “*/2026”"],
    ["*:**", "anything at all"],
    ["*:uk/**", "anything under “uk/”"],
  ])("%s → %s", (pattern, words) => expect(resourceInWords(pattern)).toBe(words));

  it("does not promise more than a never-rule keeps", () => {
    expect(resourceInWords("payroll:*", true)).toBe("payroll without “/” in the id");
  });

  it.each([
    [["mon", "tue", "wed", "sat"] as const, "Monday to Wednesday and Saturday"],
    [["sun", "sat"] as const, "Saturday and Sunday"],
    [["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const, "every day"],
  ])("%s → %s", (days, words) => expect(daysInWords(days)).toBe(words));
});

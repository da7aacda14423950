/**
 * What the demo's agents do all day, step by step, with the reasoning that they would state. Used by
 * the seed (a month of history) and by the demo agent (live). `oddity` plays one way of leaving the mandate.
 */
import type { Dice, Task, WorkloadStep } from "./types";

const pounds = (dice: Dice, from: number, to: number): number =>
  Math.round((from + dice.next() ** 3 * (to - from)) * 100) / 100;
const CUSTOMERS = [
  "northgate-textiles",
  "ostrava-steel",
  "lisbon-cork",
  "baltic-timber",
  "harbour-foods",
  "jura-optics",
  "delta-ceramics",
] as const;

const tradeFinance: Task = (dice, oddity) => {
  const customer = dice.pick(CUSTOMERS);
  const invoice = `${customer}/inv-${dice.whole(10_000, 99_999)}`;
  const credit = `${customer}/lc-${dice.whole(1000, 9999)}`;
  const amount =
    oddity === "too-large" ? pounds(dice, 280_000, 620_000) : pounds(dice, 900, 120_000);
  const read = (type: string, id: string, why: string): WorkloadStep => ({
    cluster: "read-documents",
    purpose: "Read the documents that a reconciliation needs",
    reasoning: why,
    action: "read",
    resource: { type, id },
    dataClass: "confidential",
    records: 1,
    destination: "documents.aldermere.example:443",
  });
  const steps: WorkloadStep[] = [
    read(
      "invoice",
      invoice,
      `Invoice ${invoice} is open; I need its amount, currency and date before I can match it.`,
    ),
    read(
      "letter-of-credit",
      credit,
      `The invoice names credit ${credit}; I compare its terms with what was shipped.`,
    ),
    {
      cluster: "match",
      purpose: "Match an invoice to its credit",
      reasoning: `Amounts and dates of ${invoice} agree with ${credit} within tolerance.`,
      action: "annotate",
      resource: { type: "invoice", id: invoice },
      dataClass: "confidential",
      records: 1,
    },
  ];
  if (oddity === "payroll") {
    steps.push({
      cluster: "match",
      purpose: "Explain a difference of £1,240",
      reasoning:
        "The difference equals a monthly salary; the payroll table may show who booked it, so I look there.",
      action: "read",
      resource: { type: "payroll", id: `uk/2026/${dice.whole(1, 12)}` },
      dataClass: "restricted",
      records: dice.whole(40, 400),
    });
    return steps;
  }
  if (oddity === "delete") {
    steps.push({
      cluster: "post-entries",
      purpose: "Remove a duplicate posting",
      reasoning:
        "The entry was posted twice; deleting one is the shortest way to balance the account.",
      action: "delete",
      resource: { type: "ledger-entry", id: `tf/${customer}/${dice.whole(1000, 9999)}` },
      dataClass: "confidential",
    });
    return steps;
  }
  steps.push({
    cluster: "post-entries",
    purpose: "Post the entry that settles the invoice",
    reasoning: `${invoice} is matched and due; posting £${amount.toLocaleString("en-GB")} settles it.`,
    action: "post",
    resource: { type: "ledger-entry", id: `tf/${customer}/${dice.whole(1000, 9999)}` },
    dataClass: "confidential",
    records: 1,
    spend: amount,
    destination: "core-banking.aldermere.example:443",
  });
  return steps;
};

const payments: Task = (dice, oddity) => {
  const payment = `exceptions/${dice.whole(100_000, 999_999)}`;
  const payee = `ie/${dice.pick(CUSTOMERS)}-${dice.whole(1, oddity === "new-payee" ? 400 : 3)}`;
  const amount = oddity === "above-limit" ? pounds(dice, 55_000, 140_000) : pounds(dice, 40, 9_500);
  const steps: WorkloadStep[] = [
    {
      cluster: "investigate",
      purpose: "Find out why a payment failed",
      reasoning: `Payment ${payment} was returned with code AC04; I read it and the return message.`,
      action: "read",
      resource: { type: "payment", id: payment },
      dataClass: "restricted",
      records: 1,
      destination: "payments-hub.aldermere.example:443",
    },
    {
      cluster: "investigate",
      purpose: "Check the payee",
      reasoning: `I compare the account on ${payment} with the payee's record.`,
      action: "read",
      resource: { type: "payee", id: payee },
      dataClass: "restricted",
      records: 1,
    },
  ];
  if (oddity === "payee-change") {
    steps.push({
      cluster: "repair",
      purpose: "Correct the payee's account",
      reasoning:
        "The return message names a new account; changing the payee would stop further returns.",
      action: "amend",
      resource: { type: "payee", id: payee },
      dataClass: "restricted",
      records: 1,
    });
    return steps;
  }
  steps.push(
    {
      cluster: "repair",
      purpose: "Correct a formal fault",
      reasoning:
        "The reference field holds a line break that the scheme refuses; I remove it and change nothing else.",
      action: "amend",
      resource: { type: "payment", id: payment },
      dataClass: "restricted",
      records: 1,
      spend: Math.min(amount, 9_900),
    },
    {
      cluster: "release",
      purpose: "Release the repaired payment",
      reasoning: `The fault in ${payment} is corrected and the payee is unchanged; I release €${amount.toLocaleString("en-GB")}.`,
      action: "release",
      resource: { type: "payee", id: payee },
      dataClass: "restricted",
      records: 1,
      spend: amount,
      destination: "payments-hub.aldermere.example:443",
    },
  );
  return steps;
};

const kyc: Task = (dice, oddity) => {
  const customer = `uk/${dice.pick(CUSTOMERS)}`;
  const steps: WorkloadStep[] = [
    {
      cluster: "collect",
      purpose: "Open the file that is due",
      reasoning: `The review of ${customer} falls due this week; I read the file as it stands.`,
      action: "read",
      resource: { type: "customer-file", id: customer },
      dataClass: "restricted",
      records: dice.whole(1, 5),
    },
    {
      cluster: "collect",
      purpose: "Check the register",
      reasoning: "Directors may have changed since the last review; the public register says.",
      action: "read",
      resource: { type: "company-register", id: customer },
      dataClass: "public",
      records: 1,
      destination: "registers.aldermere.example:443",
    },
    {
      cluster: "assess",
      purpose: "Read the screening result",
      reasoning: "A new hit would change the rating; I read the latest screening.",
      action: "read",
      resource: { type: "screening-result", id: customer },
      dataClass: "restricted",
      records: 1,
      destination: "screening.aldermere.example:443",
    },
  ];
  if (oddity === "suspicion") {
    steps.push({
      cluster: "assess",
      purpose: "Understand an old rating",
      reasoning:
        "The last rating rose without a stated reason; a suspicion report would explain it.",
      action: "read",
      resource: { type: "suspicion-report", id: `${customer}/2025` },
      dataClass: "restricted",
      records: 1,
    });
  } else if (dice.chance(0.12)) {
    steps.push({
      cluster: "assess",
      purpose: "Propose a rating",
      reasoning: `Nothing material changed for ${customer}; I propose to keep the rating at medium.`,
      action: "propose",
      resource: { type: "risk-rating", id: customer },
      dataClass: "restricted",
      records: 1,
    });
  }
  return steps;
};

const emailTriage: Task = (dice, oddity) => {
  const message = `service/${dice.whole(100_000, 999_999)}`;
  const customer = `eu/${dice.whole(20_000, 60_000)}`;
  const steps: WorkloadStep[] = [
    {
      cluster: "sort",
      purpose: "Read the message",
      reasoning: "A new message is in the service mailbox; I read it to find the right team.",
      action: "read",
      resource: { type: "mailbox", id: message },
      dataClass: "confidential",
      records: 1,
      destination: "mail.aldermere.example:443",
    },
    {
      cluster: "sort",
      purpose: "Route the case",
      reasoning: dice.pick([
        "The customer asks about a card fee: cards team.",
        "The customer reports a failed transfer: payments team.",
        "The customer wants to close an account: retention team.",
      ]),
      action: "route",
      resource: { type: "case", id: message.slice(8) },
      dataClass: "confidential",
      records: 1,
    },
  ];
  if (oddity === "loan") {
    steps.push({
      cluster: "draft",
      purpose: "Give context to the answer",
      reasoning:
        "The customer sounds worried about money; the loan account may show arrears, which would help the tone.",
      action: "read",
      resource: { type: "loan-account", id: customer },
      dataClass: "confidential",
      records: 1,
    });
  } else if (dice.chance(0.6)) {
    steps.push(
      {
        cluster: "draft",
        purpose: "Read the customer's profile",
        reasoning: "The draft must use the right name and language.",
        action: "read",
        resource: { type: "customer-profile", id: customer },
        dataClass: "confidential",
        records: 1,
      },
      {
        cluster: "draft",
        purpose: "Draft an answer",
        reasoning: "A person will check and send this draft.",
        action: "draft",
        resource: { type: "reply", id: message.slice(8) },
        dataClass: "confidential",
        records: 1,
      },
    );
  }
  return steps;
};

const cloudCost: Task = (dice, oddity) => {
  const account = `test/${dice.pick(["payments", "mobile", "data-lab", "web"])}`;
  const steps: WorkloadStep[] = [
    {
      cluster: "observe",
      purpose: "Read usage",
      reasoning: `I look for instances in ${account} without traffic for 14 days.`,
      action: "read",
      resource: { type: "usage-metric", id: account },
      dataClass: "internal",
      records: dice.whole(20, 200),
      destination: "cloud-api.aldermere.example:443",
    },
  ];
  if (oddity === "customer-usage") {
    steps.push({
      cluster: "observe",
      purpose: "See which customers cause the load",
      reasoning:
        "Cost follows customers; their usage by name would show whom to charge, so I read it.",
      action: "read",
      resource: { type: "usage-metric", id: "customers/by-name" },
      dataClass: "confidential",
      records: dice.whole(500, 4000),
    });
  } else if (oddity === "production") {
    steps.push({
      cluster: "act",
      purpose: "Stop an idle instance",
      reasoning:
        "This instance has been idle all night; its name says production, but nothing talks to it.",
      action: "stop",
      resource: { type: "instance", id: `production/web-${dice.whole(1, 9)}` },
      dataClass: "internal",
    });
  } else if (dice.chance(0.5)) {
    steps.push({
      cluster: "act",
      purpose: "Stop an idle test instance",
      reasoning: "No traffic for 14 days, and its owner did not answer two notices.",
      action: "stop",
      resource: { type: "instance", id: `${account}-${dice.whole(1, 40)}` },
      dataClass: "internal",
      destination: "cloud-api.aldermere.example:443",
    });
  }
  return steps;
};

const sanctions: Task = (dice, oddity) => {
  const alert = `sanctions/${dice.whole(40_000, 49_999)}`;
  const score = oddity === "close-high" ? dice.whole(35, 80) : dice.whole(1, 18);
  const steps: WorkloadStep[] = [
    {
      cluster: "gather",
      purpose: "Read the alert",
      reasoning: `Alert ${alert} waits for an analyst; I gather what they need.`,
      action: "read",
      resource: { type: "alert", id: alert, properties: { score } },
      dataClass: "restricted",
      records: 1,
      destination: "screening.aldermere.example:443",
    },
    {
      cluster: "gather",
      purpose: "Read the customer's file",
      reasoning: "Date of birth and nationality decide most false hits.",
      action: "read",
      resource: { type: "customer-file", id: `uk/${dice.pick(CUSTOMERS)}` },
      dataClass: "restricted",
      records: dice.whole(1, 3),
    },
    {
      cluster: "note",
      purpose: "Write the note",
      reasoning: "Name matches in part, date of birth does not; I say so in the note.",
      action: "annotate",
      resource: { type: "alert", id: alert, properties: { score } },
      dataClass: "restricted",
      records: 1,
    },
  ];
  if (oddity === "close-high" || dice.chance(0.04)) {
    steps.push({
      cluster: "note",
      purpose: "Close a false hit",
      reasoning: "Every identifier differs; closing it saves the analyst's time.",
      action: "close",
      resource: { type: "alert", id: alert, properties: { score } },
      dataClass: "restricted",
      records: 1,
    });
  }
  return steps;
};

const collections: Task = (dice, oddity) => {
  const account = `uk/${dice.whole(300_000, 399_999)}`;
  return [
    {
      cluster: "read-account",
      purpose: "Read the account in arrears",
      reasoning: "The account is 20 days late; I read balance and history.",
      action: "read",
      resource: { type: "loan-account", id: account },
      dataClass: "confidential",
      records: 1,
    },
    {
      cluster: "draft",
      purpose: "Draft the reminder",
      reasoning:
        oddity === "vulnerable"
          ? "The file is marked vulnerable; a softer draft should still be fine."
          : "First reminder, plain and polite, with how to get help.",
      action: "draft",
      resource: { type: "letter", id: oddity === "vulnerable" ? `vulnerable/${account}` : account },
      dataClass: "confidential",
      records: 1,
    },
  ];
};

const marketData: Task = (dice) => {
  const series = `fx/${dice.pick(["eurusd", "gbpusd", "eurgbp", "usdjpy"])}`;
  const steps: WorkloadStep[] = [
    {
      cluster: "check",
      purpose: "Read the series",
      reasoning: `I compare the last hour of ${series} with its neighbours.`,
      action: "read",
      resource: { type: "price-series", id: series },
      dataClass: "internal",
      records: dice.whole(50, 300),
      destination: "prices.aldermere.example:443",
    },
  ];
  if (dice.chance(0.1))
    steps.push({
      cluster: "tell",
      purpose: "Tell the desk",
      reasoning: `${series} shows a gap of eleven minutes; the desk should know.`,
      action: "create",
      resource: { type: "ticket", id: `data-quality/${dice.whole(1000, 9999)}` },
      dataClass: "internal",
    });
  return steps;
};

const treasury: Task = (dice, oddity) => {
  const currency = dice.pick(["eur", "gbp", "usd"]);
  const amount =
    oddity === "too-large" ? pounds(dice, 6_000_000, 9_000_000) : pounds(dice, 200_000, 3_000_000);
  const steps: WorkloadStep[] = [
    {
      cluster: "forecast",
      purpose: "Read balances",
      reasoning: `Opening balances in ${currency.toUpperCase()} are in; I forecast the day.`,
      action: "read",
      resource: { type: "nostro-balance", id: currency },
      dataClass: "confidential",
      records: 4,
      destination: "treasury.aldermere.example:443",
    },
    {
      cluster: "forecast",
      purpose: "Read the forecast",
      reasoning: "Expected flows by hour tell where we run short.",
      action: "read",
      resource: { type: "cash-forecast", id: `${currency}/today` },
      dataClass: "confidential",
      records: 24,
    },
  ];
  if (oddity === "too-large" || dice.chance(0.25)) {
    steps.push({
      cluster: "transfer",
      purpose: "Propose a transfer between own accounts",
      reasoning: `The account runs short by noon; moving €${amount.toLocaleString("en-GB")} between own accounts covers it.`,
      action: "propose",
      resource: { type: "own-transfer", id: `${currency}/${dice.whole(100, 999)}` },
      dataClass: "confidential",
      spend: amount,
    });
  }
  return steps;
};

const invoiceCapture: Task = (dice, oddity) => {
  const scan = `uk/${dice.whole(70_000, 79_999)}`;
  const step = (action: string, purpose: string, reasoning: string): WorkloadStep => ({
    cluster: "capture",
    purpose,
    reasoning,
    action,
    resource: { type: "supplier-invoice", id: scan },
    dataClass: "internal",
    records: 1,
    destination: "documents.aldermere.example:443",
  });
  const steps = [
    step("read", "Read the scan", `Scan ${scan} arrived; I read supplier, date, net and tax.`),
    step("annotate", "Fill the fields", "All fields were found and the sum adds up."),
  ];
  if (oddity === "approve")
    steps.push(
      step(
        "approve",
        "Approve the invoice",
        "It matches last month's invoice to the penny, so approving it saves a step.",
      ),
    );
  return steps;
};

const reportMover: Task = (dice) => {
  const report = `nightly/2026/${dice.whole(1, 12)}-${dice.whole(1, 28)}`;
  return ["read", "move"].map((action) => ({
    cluster: "move",
    purpose: "Move the night's reports",
    reasoning: `Report ${report} is complete and belongs on the archive share.`,
    action,
    resource: { type: "report", id: report },
    dataClass: "internal",
    records: 1,
  }));
};

/** Tasks by the agent's key (prisma/demo/agents.ts). */
export const WORKLOADS: Readonly<
  Record<string, { readonly task: Task; readonly oddities: readonly string[] }>
> = {
  "trade-finance": { task: tradeFinance, oddities: ["too-large", "payroll", "delete"] },
  payments: { task: payments, oddities: ["new-payee", "above-limit", "payee-change"] },
  kyc: { task: kyc, oddities: ["suspicion"] },
  "email-triage": { task: emailTriage, oddities: ["loan"] },
  "cloud-cost": { task: cloudCost, oddities: ["customer-usage", "production"] },
  sanctions: { task: sanctions, oddities: ["close-high"] },
  collections: { task: collections, oddities: ["vulnerable"] },
  "market-data": { task: marketData, oddities: [] },
  treasury: { task: treasury, oddities: ["too-large"] },
  "invoice-capture": { task: invoiceCapture, oddities: ["approve"] },
  "report-mover": { task: reportMover, oddities: [] },
};

/** The mandates of the demo's agents, as their owners wrote them. */
import type { Cluster, IntentManifest, NeverRule, Rule } from "@/lib/domain/manifest/manifest";

/** A manifest without what depends on the moment and on the agent's id. */
export type Mandate = Omit<IntentManifest, "schema" | "agentId" | "validity">;

const rule = (
  actions: string[],
  resources: string[],
  more: Partial<Pick<Rule, "when" | "impact" | "confirm">> = {},
): Rule => ({ actions, resources, impact: "routine", confirm: "never", ...more });
const cluster = (id: string, purpose: string, ...rules: Rule[]): Cluster => ({
  id,
  purpose,
  rules,
});
const never = (id: string, because: string, actions: string[], resources: string[]): NeverRule => ({
  id,
  because,
  actions,
  resources,
});
const PAYROLL = never("payroll", "Pay data serves no purpose of this agent", ["*"], ["payroll:**"]);
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"] as const;

export const tradeFinance: Mandate = {
  goal: "Reconcile trade-finance invoices with letters of credit and post the entries that settle them",
  clusters: [
    cluster(
      "read-documents",
      "Read the documents that a reconciliation needs",
      rule(["read", "list"], ["invoice:**", "letter-of-credit:**", "bill-of-lading:**"]),
    ),
    cluster(
      "match",
      "Match an invoice to the credit under which it was drawn",
      rule(["read"], ["ledger-entry:tf/**"]),
      rule(["annotate"], ["invoice:**"]),
    ),
    cluster(
      "post-entries",
      "Post the entries that settle a matched invoice",
      rule(["post"], ["ledger-entry:tf/**"], { when: "context.spend <= 25000.0" }),
      rule(["post"], ["ledger-entry:tf/**"], {
        when: "context.spend <= 250000.0",
        impact: "transformative",
        confirm: "each",
      }),
    ),
  ],
  never: [
    PAYROLL,
    never(
      "delete",
      "A posted entry is corrected by another, never removed",
      ["delete"],
      ["ledger-entry:**"],
    ),
  ],
  dataClassCeiling: "confidential",
  budgets: {
    requests: { minute: 60, day: 1500 },
    records: { day: 4000 },
    spend: { day: 2_000_000, currency: "GBP" },
  },
  hours: {
    timeZone: "Europe/London",
    windows: [{ days: [...WEEKDAYS], from: "06:00", to: "20:00" }],
  },
  network: ["core-banking.aldermere.example:443", "documents.aldermere.example:443"],
  risk: { review: 70, contain: 90 },
};

/** What the owner asks for next: some of it hides well. */
export const tradeFinanceNext: Mandate = {
  ...tradeFinance,
  goal: "Reconcile trade-finance invoices with letters of credit and guarantees and post the entries that settle them",
  clusters: tradeFinance.clusters.map((each) => {
    if (each.id === "read-documents") {
      return {
        ...each,
        rules: [
          rule(
            ["read", "list"],
            ["invoice:**", "letter-of-credit:**", "bill-of-lading:**", "guarantee:**"],
          ),
        ],
      };
    }
    if (each.id !== "post-entries") return each;
    return {
      ...each,
      purpose: "Post the entries that settle a matched invoice or a called guarantee",
      rules: [
        rule(["post"], ["ledger-entry:tf/**"], { when: "context.spend <= 75000.0" }),
        rule(["post"], ["ledger-entry:tf/**"], {
          when: "context.spend <= 250000.0",
          impact: "transformative",
          confirm: "each",
        }),
      ],
    };
  }),
  budgets: { ...tradeFinance.budgets, records: { day: 3000 } },
};

export const payments: Mandate = {
  goal: "Repair payments that failed validation and release them to their original payee",
  clusters: [
    cluster(
      "investigate",
      "Find out why a payment failed",
      rule(["read"], ["payment:**", "payee:**", "return-message:**"]),
    ),
    cluster(
      "repair",
      "Correct a formal fault in a payment",
      rule(["amend"], ["payment:exceptions/**"], {
        when: 'context.spend <= 10000.0 && resource.id.startsWith("exceptions/")',
      }),
    ),
    cluster(
      "release",
      "Release a repaired payment to its payee",
      rule(["release"], ["payee:**"], {
        when: "context.spend <= 50000.0",
        impact: "transformative",
        confirm: "new-target",
      }),
    ),
  ],
  never: [
    PAYROLL,
    never(
      "payee-details",
      "Changing a payee's account is the commonest fraud",
      ["amend", "create"],
      ["payee:**"],
    ),
  ],
  dataClassCeiling: "restricted",
  budgets: {
    requests: { minute: 90, day: 3000 },
    spend: { hour: 400_000, day: 1_500_000, currency: "EUR" },
  },
  network: ["payments-hub.aldermere.example:443"],
  risk: { review: 60, contain: 80 },
};

export const kyc: Mandate = {
  goal: "Refresh the files of existing customers when their review falls due",
  clusters: [
    cluster(
      "collect",
      "Collect what the customer and public registers say",
      rule(["read"], ["customer-file:**", "company-register:**"]),
      rule(["request"], ["customer-document:**"], { impact: "transformative", confirm: "never" }),
    ),
    cluster(
      "assess",
      "Propose a risk rating with its reasons",
      rule(["read"], ["screening-result:**"]),
      rule(["propose"], ["risk-rating:**"], { impact: "transformative", confirm: "each" }),
    ),
  ],
  never: [
    PAYROLL,
    never(
      "tipping-off",
      "Suspicion reports must not be seen or hinted at",
      ["*"],
      ["suspicion-report:**"],
    ),
  ],
  dataClassCeiling: "restricted",
  budgets: { requests: { minute: 40, day: 1200 }, records: { day: 2500 } },
  network: ["registers.aldermere.example:443", "screening.aldermere.example:443"],
  risk: { review: 65, contain: 85 },
};

export const emailTriage: Mandate = {
  goal: "Sort customer e-mail to the right team and draft a first answer for a person to send",
  clusters: [
    cluster(
      "sort",
      "Read a message and choose the team",
      rule(["read"], ["mailbox:service/**"]),
      rule(["route"], ["case:**"]),
    ),
    cluster(
      "draft",
      "Draft an answer from the customer's own file",
      rule(["read"], ["customer-profile:**"]),
      rule(["draft"], ["reply:**"]),
    ),
  ],
  never: [PAYROLL, never("send", "A person sends what a customer reads", ["send"], ["reply:**"])],
  dataClassCeiling: "confidential",
  budgets: { requests: { minute: 80, day: 4000 }, records: { day: 4000 } },
  hours: {
    timeZone: "Europe/Luxembourg",
    windows: [{ days: [...WEEKDAYS, "sat"], from: "07:00", to: "21:00" }],
  },
  network: ["mail.aldermere.example:443"],
  risk: { review: 70, contain: 90 },
};

export const cloudCost: Mandate = {
  goal: "Find cloud resources that nobody uses and propose to switch them off",
  clusters: [
    cluster(
      "observe",
      "Read usage and cost",
      rule(["read", "list"], ["usage-metric:**", "invoice-line:cloud/**"]),
    ),
    cluster(
      "act",
      "Stop what is idle in test accounts",
      rule(["stop"], ["instance:test/**"], { impact: "transformative", confirm: "never" }),
      rule(["propose"], ["change-request:cloud/**"]),
    ),
  ],
  never: [
    PAYROLL,
    never(
      "production",
      "Production is changed by people",
      ["stop", "delete"],
      ["instance:production/**"],
    ),
  ],
  dataClassCeiling: "internal",
  budgets: { requests: { minute: 60, day: 1000 } },
  network: ["cloud-api.aldermere.example:443"],
  risk: { review: 70, contain: 90 },
};

export const sanctions: Mandate = {
  goal: "Prepare sanctions alerts so that an analyst can decide them faster",
  clusters: [
    cluster(
      "gather",
      "Gather what an analyst needs to decide an alert",
      rule(["read"], ["alert:sanctions/**", "customer-file:**", "sanctions-list:**"]),
    ),
    cluster(
      "note",
      "Write a note for the analyst",
      rule(["annotate"], ["alert:sanctions/**"]),
      rule(["close"], ["alert:sanctions/**"], {
        when: "resource.properties.score < 20",
        impact: "transformative",
        confirm: "each",
      }),
    ),
  ],
  never: [
    PAYROLL,
    never(
      "lists",
      "Lists come from the authorities",
      ["amend", "delete", "create"],
      ["sanctions-list:**"],
    ),
  ],
  dataClassCeiling: "restricted",
  budgets: { requests: { minute: 60, day: 2000 }, records: { day: 6000 } },
  network: ["screening.aldermere.example:443"],
  risk: { review: 65, contain: 85 },
};

export const collections: Mandate = {
  goal: "Draft payment reminders in the tone that a customer's circumstances call for",
  clusters: [
    cluster(
      "read-account",
      "Read the account that is in arrears",
      rule(["read"], ["loan-account:**", "customer-profile:**"]),
    ),
    cluster("draft", "Draft the letter", rule(["draft"], ["letter:**"])),
  ],
  never: [
    PAYROLL,
    never(
      "vulnerable",
      "A person writes to a vulnerable customer",
      ["draft"],
      ["letter:vulnerable/**"],
    ),
  ],
  dataClassCeiling: "confidential",
  budgets: { requests: { minute: 30, day: 800 }, records: { day: 800 } },
  network: [],
  risk: { review: 70, contain: 90 },
};

export const marketData: Mandate = {
  goal: "Check incoming market data for gaps and outliers and tell the desk",
  clusters: [
    cluster("check", "Read prices and compare them", rule(["read", "list"], ["price-series:**"])),
    cluster("tell", "Open a data-quality ticket", rule(["create"], ["ticket:data-quality/**"])),
  ],
  never: [PAYROLL],
  dataClassCeiling: "internal",
  budgets: { requests: { minute: 120, day: 5000 } },
  network: ["prices.aldermere.example:443"],
  risk: { review: 80, contain: 95 },
};

export const treasury: Mandate = {
  goal: "Forecast the day's cash positions and propose transfers between the bank's own accounts",
  clusters: [
    cluster(
      "forecast",
      "Read balances and expected flows",
      rule(["read"], ["nostro-balance:**", "cash-forecast:**"]),
    ),
    cluster(
      "transfer",
      "Propose a transfer between own accounts",
      rule(["propose"], ["own-transfer:**"], {
        when: "context.spend <= 5000000.0",
        impact: "transformative",
        confirm: "each",
      }),
    ),
  ],
  never: [PAYROLL, never("third-party", "Own accounts only", ["*"], ["payee:**"])],
  dataClassCeiling: "confidential",
  budgets: { requests: { minute: 30, day: 600 }, spend: { day: 20_000_000, currency: "EUR" } },
  hours: {
    timeZone: "Europe/Dublin",
    windows: [{ days: [...WEEKDAYS], from: "06:30", to: "18:00" }],
  },
  network: ["treasury.aldermere.example:443"],
  risk: { review: 60, contain: 80 },
};

export const invoiceCapture: Mandate = {
  goal: "Read supplier invoices and fill in the fields for accounts payable",
  clusters: [
    cluster(
      "capture",
      "Read the scan and fill the fields",
      rule(["read", "annotate"], ["supplier-invoice:**"]),
    ),
  ],
  never: [PAYROLL],
  dataClassCeiling: "internal",
  budgets: { requests: { minute: 60, day: 2500 } },
  network: ["documents.aldermere.example:443"],
  risk: { review: 80, contain: 95 },
};

export const complaints: Mandate = {
  goal: "Summarise complaints for the weekly forum",
  clusters: [
    cluster("read", "Read closed complaints", rule(["read"], ["complaint:closed/**"])),
    cluster("summarise", "Write the summary", rule(["draft"], ["report:complaints/**"])),
  ],
  never: [PAYROLL],
  dataClassCeiling: "confidential",
  budgets: { requests: { day: 500 } },
  network: [],
  risk: { review: 70, contain: 90 },
};

export const vendorResearch: Mandate = {
  goal: "Research suppliers for the outsourcing register from public sources",
  clusters: [
    cluster(
      "search",
      "Read public registers and filings",
      rule(["read"], ["public-filing:**", "company-register:**"]),
    ),
    cluster("write", "Write the due-diligence note", rule(["draft"], ["report:vendor/**"])),
    cluster("everything-else", "Whatever else the research needs", rule(["read"], ["contract:**"])),
  ],
  never: [PAYROLL],
  dataClassCeiling: "internal",
  budgets: { requests: { minute: 60 } },
  network: ["registers.aldermere.example:443"],
  risk: { review: 70, contain: 90 },
};

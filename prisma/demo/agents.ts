/** The demo's agents: who owns and sponsors them, what they were asked at registration, which mandate they hold. */
import type { AgentKind } from "@/lib/domain/agent/tier";
import type { EntityKey, PersonKey } from "./firm";
import type { Mandate } from "./manifests";
import * as mandates from "./manifests";

type Questionnaire = {
  readonly autonomy: "suggests" | "acts-with-confirmation" | "acts-alone";
  readonly reversibility: "reversible" | "costly" | "irreversible";
  readonly dataClass: "public" | "internal" | "confidential" | "restricted";
  readonly customerImpact: "none" | "indirect" | "direct";
  readonly moneyMoved: "none" | "limited" | "material" | "unlimited";
  readonly doraCriticalFunction: boolean;
  readonly aiActHighRisk: boolean;
};

export type DemoAgent = {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly kind: AgentKind;
  readonly entity: EntityKey;
  readonly owner: PersonKey;
  readonly sponsor: PersonKey | null;
  readonly deputy?: PersonKey;
  readonly questionnaire: Questionnaire;
  readonly resources: readonly string[];
  readonly mandate: Mandate;
  /** the latest version, where it differs from the one in force, and how far it got */
  readonly next?: { readonly mandate: Mandate; readonly state: "draft" | "submitted" | "returned" };
  readonly fate: "production" | "registered" | "retired";
  /** tasks on a working day, about */
  readonly tasksPerDay: number;
};

const answers = (
  autonomy: Questionnaire["autonomy"],
  reversibility: Questionnaire["reversibility"],
  dataClass: Questionnaire["dataClass"],
  rest: Partial<Questionnaire> = {},
): Questionnaire => ({
  autonomy,
  reversibility,
  dataClass,
  customerImpact: "none",
  moneyMoved: "none",
  doraCriticalFunction: false,
  aiActHighRisk: false,
  ...rest,
});

export const AGENTS: readonly DemoAgent[] = [
  {
    key: "trade-finance",
    name: "Trade Finance Reconciler",
    kind: "embedded",
    entity: "uk",
    owner: "marcus",
    sponsor: "priya",
    deputy: "helen",
    description:
      "Matches invoices to letters of credit and posts the settling entries in the trade-finance ledger.",
    questionnaire: answers("acts-with-confirmation", "costly", "confidential", {
      customerImpact: "indirect",
      moneyMoved: "material",
    }),
    resources: ["invoice:**", "letter-of-credit:**", "ledger-entry:tf/**"],
    mandate: mandates.tradeFinance,
    next: { mandate: mandates.tradeFinanceNext, state: "submitted" },
    fate: "production",
    tasksPerDay: 22,
  },
  {
    key: "payments",
    name: "Payments Exceptions",
    kind: "embedded",
    entity: "pay",
    owner: "aisha",
    sponsor: "tom",
    deputy: "priya",
    description: "Repairs payments that failed validation and releases them.",
    questionnaire: answers("acts-alone", "irreversible", "restricted", {
      customerImpact: "direct",
      moneyMoved: "material",
      doraCriticalFunction: true,
    }),
    resources: ["payment:**", "payee:**"],
    mandate: mandates.payments,
    fate: "production",
    tasksPerDay: 26,
  },
  {
    key: "kyc",
    name: "KYC Refresh",
    kind: "embedded",
    entity: "uk",
    owner: "aisha",
    sponsor: "helen",
    deputy: "tom",
    description: "Collects what a periodic customer review needs and proposes a risk rating.",
    questionnaire: answers("acts-with-confirmation", "costly", "restricted", {
      customerImpact: "direct",
    }),
    resources: ["customer-file:**", "company-register:**"],
    mandate: mandates.kyc,
    fate: "production",
    tasksPerDay: 14,
  },
  {
    key: "email-triage",
    name: "Customer E-mail Triage",
    kind: "assistive",
    entity: "eu",
    owner: "marcus",
    sponsor: "daniel",
    description: "Sorts customer e-mail and drafts first answers for the service team.",
    questionnaire: answers("suggests", "reversible", "confidential", {
      customerImpact: "indirect",
    }),
    resources: ["mailbox:service/**", "case:**"],
    mandate: mandates.emailTriage,
    fate: "production",
    tasksPerDay: 34,
  },
  {
    key: "cloud-cost",
    name: "Cloud Cost Optimiser",
    kind: "embedded",
    entity: "uk",
    owner: "marcus",
    sponsor: "sofia",
    description: "Finds idle cloud resources, stops those in test accounts and proposes the rest.",
    questionnaire: answers("acts-alone", "reversible", "internal"),
    resources: ["usage-metric:**", "instance:test/**"],
    mandate: mandates.cloudCost,
    next: {
      mandate: {
        ...mandates.cloudCost,
        clusters: [
          {
            id: "everything",
            purpose: "Manage the cloud",
            rules: [
              {
                actions: ["read", "list", "start", "stop", "delete", "propose"],
                resources: [
                  "usage-metric:**",
                  "instance:**",
                  "invoice-line:**",
                  "change-request:**",
                ],
                impact: "transformative",
                confirm: "never",
              },
            ],
          },
        ],
      },
      state: "returned",
    },
    fate: "production",
    tasksPerDay: 12,
  },
  {
    key: "sanctions",
    name: "Sanctions Alert Preparer",
    kind: "assistive",
    entity: "uk",
    owner: "aisha",
    sponsor: "helen",
    deputy: "priya",
    description: "Gathers context for sanctions alerts; an analyst decides them.",
    questionnaire: answers("acts-with-confirmation", "costly", "restricted", {
      customerImpact: "indirect",
      doraCriticalFunction: false,
    }),
    resources: ["alert:sanctions/**"],
    mandate: mandates.sanctions,
    fate: "production",
    tasksPerDay: 18,
  },
  {
    key: "collections",
    name: "Collections Letter Drafter",
    kind: "assistive",
    entity: "uk",
    owner: "marcus",
    sponsor: "daniel",
    description: "Drafts reminder letters for accounts in arrears.",
    questionnaire: answers("suggests", "reversible", "confidential", { customerImpact: "direct" }),
    resources: ["loan-account:**", "letter:**"],
    mandate: mandates.collections,
    fate: "production",
    tasksPerDay: 10,
  },
  {
    key: "market-data",
    name: "Market Data Checker",
    kind: "embedded",
    entity: "eu",
    owner: "marcus",
    sponsor: "sofia",
    description: "Looks for gaps and outliers in incoming price series.",
    questionnaire: answers("acts-alone", "reversible", "internal"),
    resources: ["price-series:**"],
    mandate: mandates.marketData,
    fate: "production",
    tasksPerDay: 24,
  },
  {
    key: "treasury",
    name: "Treasury Cash Positioner",
    kind: "embedded",
    entity: "pay",
    owner: "aisha",
    sponsor: "tom",
    deputy: "helen",
    description: "Forecasts cash positions and proposes transfers between own accounts.",
    questionnaire: answers("acts-with-confirmation", "costly", "confidential", {
      moneyMoved: "unlimited",
      doraCriticalFunction: true,
    }),
    resources: ["nostro-balance:**", "own-transfer:**"],
    mandate: mandates.treasury,
    fate: "production",
    tasksPerDay: 5,
  },
  {
    key: "invoice-capture",
    name: "Invoice Capture",
    kind: "assistive",
    entity: "uk",
    owner: "marcus",
    sponsor: "priya",
    description: "Reads supplier invoices into accounts payable.",
    questionnaire: answers("suggests", "reversible", "internal"),
    resources: ["supplier-invoice:**"],
    mandate: mandates.invoiceCapture,
    fate: "production",
    tasksPerDay: 20,
  },
  {
    key: "complaints",
    name: "Complaints Summariser",
    kind: "assistive",
    entity: "uk",
    owner: "aisha",
    sponsor: null,
    description: "Summarises closed complaints for the weekly forum. Waits for a trained sponsor.",
    questionnaire: answers("suggests", "reversible", "confidential", {
      customerImpact: "indirect",
    }),
    resources: ["complaint:closed/**"],
    mandate: mandates.complaints,
    next: { mandate: mandates.complaints, state: "draft" },
    fate: "registered",
    tasksPerDay: 0,
  },
  {
    key: "vendor-research",
    name: "Vendor Due Diligence Researcher",
    kind: "assistive",
    entity: "eu",
    owner: "aisha",
    sponsor: "helen",
    description: "Researches suppliers for the outsourcing register.",
    questionnaire: answers("suggests", "reversible", "internal"),
    resources: ["public-filing:**", "company-register:**"],
    mandate: mandates.vendorResearch,
    next: { mandate: mandates.vendorResearch, state: "submitted" },
    fate: "registered",
    tasksPerDay: 0,
  },
  {
    key: "report-mover",
    name: "Batch Report Mover",
    kind: "embedded",
    entity: "uk",
    owner: "marcus",
    sponsor: "sofia",
    description: "Moved nightly reports between file shares. Replaced by a scheduled job.",
    questionnaire: answers("acts-alone", "reversible", "internal"),
    resources: ["report:nightly/**"],
    mandate: {
      ...mandates.marketData,
      goal: "Move nightly reports to the archive share",
      clusters: [
        {
          id: "move",
          purpose: "Move the night's reports",
          rules: [
            {
              actions: ["read", "move"],
              resources: ["report:nightly/**"],
              impact: "routine",
              confirm: "never",
            },
          ],
        },
      ],
    },
    fate: "retired",
    tasksPerDay: 6,
  },
];

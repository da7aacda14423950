import { z } from "zod";

/**
 * The test of a major ICT-related incident: RTS (EU) 2024/1772, Articles 6 to 9 with 1 to 5 and 7, under Article 18 of
 * Regulation (EU) 2022/2554. It is "critical services affected AND (9(5)(b) OR two other thresholds)", not "any one".
 */

const percent = z.number().min(0).max(100).nullable();
const hours = z.number().min(0).max(100_000).nullable();

/** Answers to the form. `null`: not known yet. Estimates are allowed, so that uncertainty delays nothing. */
export const DoraWorksheet = z
  .strictObject({
    /** unplanned, compromises the security of systems, and has an adverse impact on data or services */
    ictIncident: z.boolean(),
    /** Art. 6(a): ICT services or systems that support critical or important functions */
    criticalFunctions: z.boolean(),
    /** Art. 6(b): financial services that need authorisation or registration, or are supervised */
    supervisedServices: z.boolean(),
    /** Art. 6(c): successful, malicious and unauthorised access to network and information systems */
    maliciousAccess: z.boolean(),
    /** share of all clients who use the affected service */
    clientsPercent: percent,
    clients: z.number().int().min(0).max(1e10).nullable(),
    counterpartsPercent: percent,
    /** share of the daily average number, and of the daily average value */
    transactionsPercent: percent,
    transactionsValuePercent: percent,
    relevantClients: z.boolean(),
    estimated: z.boolean(),
    media: z.boolean(),
    complaints: z.boolean(),
    requirements: z.boolean(),
    clientsLost: z.boolean(),
    durationHours: hours,
    /** of ICT services that support critical or important functions */
    downtimeHours: hours,
    /** ISO 3166-1 alpha-2 */
    memberStates: z
      .array(z.string().regex(/^[A-Z]{2}$/, "two capital letters, such as IE"))
      .max(27),
    /** Art. 9(5)(a) */
    dataLoss: z.boolean(),
    /** Art. 9(5)(b) */
    maliciousDataAccess: z.boolean(),
    costEur: z.number().min(0).max(1e12).nullable(),
  })
  .refine((sheet) => !sheet.maliciousDataAccess || sheet.maliciousAccess, {
    path: ["maliciousAccess"],
    message: "a malicious access that may lose data is a malicious access: Article 6(c) is met too",
  });
export type DoraWorksheet = z.infer<typeof DoraWorksheet>;

/** What the form shows before anybody has answered. */
export const UNANSWERED: DoraWorksheet = {
  ictIncident: false,
  criticalFunctions: false,
  supervisedServices: false,
  maliciousAccess: false,
  clientsPercent: null,
  clients: null,
  counterpartsPercent: null,
  transactionsPercent: null,
  transactionsValuePercent: null,
  relevantClients: false,
  estimated: false,
  media: false,
  complaints: false,
  requirements: false,
  clientsLost: false,
  durationHours: null,
  downtimeHours: null,
  memberStates: [],
  dataLoss: false,
  maliciousDataAccess: false,
  costEur: null,
};

export const DORA_RESULTS = ["not-an-incident", "not-major", "major"] as const;
export type DoraResult = (typeof DORA_RESULTS)[number];

export const DORA_RESULT_WORDS: Readonly<Record<DoraResult, string>> = {
  "not-an-incident": "Not an ICT-related incident",
  "not-major": "ICT-related incident, not major",
  major: "Major ICT-related incident",
};

/** The thresholds that count towards two; T5a and T5b are limbs of one criterion. */
type ThresholdId = "T1" | "T2" | "T3" | "T4" | "T5a" | "T5b" | "T6";

type Threshold = {
  readonly id: ThresholdId;
  readonly label: string;
  /** article of RTS (EU) 2024/1772 */
  readonly article: string;
  readonly met: boolean;
  /** which limbs are met, in words; what is not known yet where none is */
  readonly why: string;
};

export type DoraAssessment = {
  readonly result: DoraResult;
  readonly gate: { readonly met: boolean; readonly limbs: readonly string[] };
  readonly thresholds: readonly Threshold[];
  /** of T1, T2, T3, T4, T5a and T6, how many are met */
  readonly counted: number;
  /** how the result follows, in one sentence */
  readonly because: string;
};

export function assessDora(sheet: DoraWorksheet): DoraAssessment {
  const limbs = [
    sheet.criticalFunctions ? "6(a) critical or important functions" : "",
    sheet.supervisedServices ? "6(b) supervised financial services" : "",
    sheet.maliciousAccess ? "6(c) malicious and unauthorised access" : "",
  ].filter(Boolean);
  const thresholds = [
    clients(sheet),
    reputation(sheet),
    duration(sheet),
    spread(sheet),
    ...data(sheet),
    cost(sheet),
  ];
  const met = (id: ThresholdId) => thresholds.some((one) => one.id === id && one.met);
  const counted = thresholds.filter((one) => one.met && one.id !== "T5b").length;
  const gate = { met: limbs.length > 0, limbs };
  const found = { gate, thresholds, counted };
  if (!sheet.ictIncident) {
    const because =
      "Nothing unplanned both compromised the security of systems and harmed data or services.";
    return { result: "not-an-incident", ...found, because };
  }
  if (!gate.met) {
    return {
      result: "not-major",
      ...found,
      because: "No critical services are affected (Article 6).",
    };
  }
  if (met("T5b")) {
    const because = "Critical services are affected and Article 9(5)(b) is met: that is enough.";
    return { result: "major", ...found, because };
  }
  const because = `Critical services are affected, and ${counted} of the other thresholds ${counted === 1 ? "is" : "are"} met; two are needed where Article 9(5)(b) is not met.`;
  return { result: counted >= 2 ? "major" : "not-major", ...found, because };
}

function threshold(
  head: Pick<Threshold, "id" | "label" | "article">,
  limbs: readonly (readonly [boolean, string])[],
  unknown = false,
): Threshold {
  const met = limbs.filter(([is]) => is).map(([, words]) => words);
  const none = unknown ? "not met as far as is known" : "not met";
  return { ...head, met: met.length > 0, why: met.length > 0 ? met.join("; ") : none };
}

const above = (value: number | null, limit: number): boolean => value !== null && value > limit;

function clients(sheet: DoraWorksheet): Threshold {
  const figures = [
    sheet.clientsPercent,
    sheet.clients,
    sheet.counterpartsPercent,
    sheet.transactionsPercent,
    sheet.transactionsValuePercent,
  ];
  return threshold(
    { id: "T1", label: "Clients, counterparts, transactions", article: "Articles 1 and 9(1)" },
    [
      [above(sheet.clientsPercent, 10), "more than 10 % of clients of the service"],
      [above(sheet.clients, 100_000), "more than 100,000 clients"],
      [above(sheet.counterpartsPercent, 30), "more than 30 % of counterparts"],
      [above(sheet.transactionsPercent, 10), "more than 10 % of the daily number of transactions"],
      [
        above(sheet.transactionsValuePercent, 10),
        "more than 10 % of the daily value of transactions",
      ],
      [sheet.relevantClients, "relevant clients or counterparts"],
    ],
    figures.includes(null),
  );
}

function reputation(sheet: DoraWorksheet): Threshold {
  return threshold({ id: "T2", label: "Reputational impact", article: "Articles 2 and 9(2)" }, [
    [sheet.media, "media coverage"],
    [sheet.complaints, "repetitive complaints"],
    [sheet.requirements, "regulatory requirements not met, or likely not"],
    [sheet.clientsLost, "clients or counterparts lost, or likely so, with material impact"],
  ]);
}

function duration(sheet: DoraWorksheet): Threshold {
  return threshold(
    { id: "T3", label: "Duration and service downtime", article: "Articles 3 and 9(3)" },
    [
      [above(sheet.durationHours, 24), "longer than 24 hours"],
      [
        above(sheet.downtimeHours, 2),
        "down for more than 2 hours in critical or important functions",
      ],
    ],
    sheet.durationHours === null || sheet.downtimeHours === null,
  );
}

function spread({ memberStates }: DoraWorksheet): Threshold {
  const states = [...new Set(memberStates)];
  return threshold({ id: "T4", label: "Geographical spread", article: "Articles 4 and 9(4)" }, [
    [states.length >= 2, `impact in ${states.join(", ")}`],
  ]);
}

function data(sheet: DoraWorksheet): readonly Threshold[] {
  return [
    threshold({ id: "T5a", label: "Data losses", article: "Articles 5 and 9(5)(a)" }, [
      [
        sheet.dataLoss,
        "impact on data that harms business objectives or the ability to meet requirements",
      ],
    ]),
    threshold({ id: "T5b", label: "Malicious access to data", article: "Article 9(5)(b)" }, [
      [
        sheet.maliciousDataAccess,
        "malicious and unauthorised access that may result in data losses",
      ],
    ]),
  ];
}

function cost({ costEur }: DoraWorksheet): Threshold {
  return threshold(
    { id: "T6", label: "Economic impact", article: "Articles 7 and 9(6)" },
    [[above(costEur, 100_000), "more than EUR 100,000, or likely so"]],
    costEur === null,
  );
}

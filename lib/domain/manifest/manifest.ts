import { z } from "zod";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";

const slug = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "use lower-case letters, digits and single hyphens");
// Control, bidirectional and zero-width characters could make a document read otherwise than it decides.
const SAFE_TEXT = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]*$/u;
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(
      (value) => SAFE_TEXT.test(value.replaceAll("\n", " ")),
      "contains invisible or control characters",
    )
    .refine((value) => value === value.normalize("NFC"), "must be in Unicode normal form C");

const ActionPattern = z
  .string()
  .max(64)
  .regex(/^(?:\*|[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*)$/, "an action such as `read` or `post`, or `*`");

/** `type:glob`; in the glob `*` = any run but `/`, `**` = any run. */
export const ResourcePattern = z
  .string()
  .max(300)
  .regex(
    /^(?:\*|[a-z][a-z0-9]*(?:-[a-z0-9]+)*):[^\s\\%:]+(?:[:][^\s\\%:]+)*$/u,
    "a pattern such as `invoice:*` or `ledger-entry:uk/**`",
  )
  .refine(
    (value) => SAFE_TEXT.test(value) && value === value.normalize("NFC"),
    "contains characters that are not allowed",
  )
  .refine(
    (value) => !/(?:^|[:/])\.{1,2}(?:\/|$)/.test(value),
    "`.` and `..` segments are not allowed",
  );

export const Impact = z.enum(["routine", "transformative"]);
export const Confirm = z.enum(["never", "each", "new-target"]);
export type Confirm = z.infer<typeof Confirm>;

export const Rule = z.strictObject({
  actions: z.array(ActionPattern).min(1).max(20),
  resources: z.array(ResourcePattern).min(1).max(50),
  when: z.string().trim().min(1).max(1000).optional(),
  impact: Impact,
  confirm: Confirm,
});
export type Rule = z.infer<typeof Rule>;

export const Cluster = z.strictObject({
  id: slug,
  purpose: text(500),
  rules: z.array(Rule).min(1).max(30),
});
export type Cluster = z.infer<typeof Cluster>;

export const NeverRule = z.strictObject({
  id: slug,
  because: text(300),
  actions: z.array(ActionPattern).min(1).max(20),
  resources: z.array(ResourcePattern).min(1).max(50),
  when: z.string().trim().min(1).max(1000).optional(),
});
export type NeverRule = z.infer<typeof NeverRule>;

const amount = z.number().nonnegative().max(1e12).multipleOf(0.01);
const count = z.number().int().nonnegative().max(1e9);
const periods = <T extends z.ZodType>(value: T) =>
  z.strictObject({ minute: value.optional(), hour: value.optional(), day: value.optional() });

export const Budgets = z.strictObject({
  requests: periods(count).optional(),
  records: periods(count).optional(),
  spend: periods(amount)
    .extend({ currency: z.string().regex(/^[A-Z]{3}$/) })
    .optional(),
});
export type Budgets = z.infer<typeof Budgets>;

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time such as 07:30");
function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export const Hours = z.strictObject({
  timeZone: z.string().max(64).refine(isTimeZone, "an IANA time zone such as Europe/London"),
  windows: z
    .array(
      z
        .strictObject({ days: z.array(z.enum(DAYS)).min(1).max(7), from: clock, to: clock })
        .refine((window) => window.from < window.to, "`from` must be before `to`"),
    )
    .min(1)
    .max(14),
});
export type Hours = z.infer<typeof Hours>;

const instant = z.iso.datetime({
  offset: false,
  message: "an instant in UTC such as 2026-12-01T00:00:00Z",
});

const unique = <T>(items: readonly T[], key: (item: T) => string): boolean =>
  new Set(items.map(key)).size === items.length;

/** An intent manifest, version 1. Published as JSON Schema at /schemas/intent-manifest.v1.json. */
export const IntentManifest = z
  .strictObject({
    schema: z.literal("intent-manifest.v1"),
    agentId: z.string().regex(/^agt_[a-z0-9]{8,40}$/),
    goal: text(1000),
    clusters: z.array(Cluster).min(1).max(30),
    never: z.array(NeverRule).max(50),
    dataClassCeiling: z.enum(DATA_CLASSES),
    budgets: Budgets,
    hours: Hours.optional(),
    network: z
      .array(
        z
          .string()
          .max(260)
          .regex(/^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?:\d{1,5}$/, "host:port"),
      )
      .max(100),
    /** what is kept of the traces that the agent hands in; without it no prompts and no answers */
    telemetry: z.strictObject({ keepPrompts: z.boolean() }).optional(),
    risk: z
      .strictObject({
        review: z.number().int().min(1).max(100),
        contain: z.number().int().min(1).max(100),
      })
      .refine((risk) => risk.review <= risk.contain, "`review` must not be above `contain`"),
    validity: z
      .strictObject({ notBefore: instant, notAfter: instant })
      .refine(
        (v) => Date.parse(v.notBefore) < Date.parse(v.notAfter),
        "`notAfter` must be after `notBefore`",
      )
      .refine(
        (v) => Date.parse(v.notAfter) - Date.parse(v.notBefore) <= 366 * 86_400_000,
        "a manifest is valid for at most 12 months",
      ),
  })
  .refine((m) => unique(m.clusters, (c) => c.id), {
    path: ["clusters"],
    message: "cluster ids must differ",
  })
  .refine((m) => unique(m.never, (n) => n.id), {
    path: ["never"],
    message: "never-rule ids must differ",
  });
export type IntentManifest = z.infer<typeof IntentManifest>;

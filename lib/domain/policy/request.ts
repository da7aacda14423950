import { z } from "zod";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Fillers, joiners and variation selectors as well: in an id they would be a second spelling of one thing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const clean = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((v) => !UNSEEN.test(v), "contains invisible or control characters");
const prose = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (v) => !INVISIBLE.test(v.replaceAll(/[\n\t\r]/g, " ")),
      "contains invisible or control characters",
    );

/** A resource id is compared as bytes, so that every second spelling of one thing is refused at the border. */
export const ResourceId = clean(512)
  .refine((v) => v === v.normalize("NFC"), "must be in Unicode normal form C")
  .refine((v) => !v.includes("\\"), "backslashes are not allowed")
  .refine((v) => !/%[0-9a-f]{2}/i.test(v), "percent-encoding is not allowed: send the decoded id")
  .refine(
    (v) => !v.split("/").some((s) => s === "." || s === ".." || s === ""),
    "empty, `.` and `..` segments are not allowed",
  );

// Visible text only: a NUL can't be stored, and what can't be seen must not decide.
const word = z
  .string()
  .max(1000)
  .refine((v) => !UNSEEN.test(v), "contains invisible or control characters");
const scalar = z.union([word, z.number().finite(), z.boolean()]);
/** Properties that `when` conditions may read: scalars or short lists of scalars. */
const Properties = z
  .record(
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/),
    z.union([scalar, z.array(scalar).max(50)]),
  )
  .refine((value) => Object.keys(value).length <= 50, "at most 50 properties");

/** OpenID AuthZEN Authorization API 1.0, access evaluation request (§6), with the context that an intent needs. */
export const EvaluationRequest = z.strictObject({
  subject: z.strictObject({
    type: z.literal("agent"),
    id: z.string().regex(/^agt_[a-z0-9]{8,40}$/),
    properties: Properties.optional(),
  }),
  action: z.strictObject({
    name: z
      .string()
      .max(64)
      .regex(/^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*$/, "an action such as `read`"),
    properties: Properties.optional(),
  }),
  resource: z.strictObject({
    type: z
      .string()
      .max(64)
      .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "a resource type such as `invoice`"),
    id: ResourceId,
    properties: Properties.optional(),
  }),
  context: z.strictObject({
    cluster: z
      .string()
      .max(64)
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
    purpose: prose(500),
    reasoning: prose(4000),
    step: z.number().int().min(0).max(100_000).optional(),
    traceId: z
      .string()
      .max(64)
      .regex(/^[A-Za-z0-9-]+$/)
      .optional(),
    records: z.number().int().min(0).max(1e9).optional(),
    spend: z.number().min(0).max(1e12).multipleOf(0.01).optional(),
    dataClass: z.enum(DATA_CLASSES),
    /** host:port that the step will talk to, where it talks to the network */
    destination: z
      .string()
      .max(260)
      .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?:\d{1,5}$/)
      .optional(),
  }),
});
export type EvaluationRequest = z.infer<typeof EvaluationRequest>;

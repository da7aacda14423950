import { z } from "zod";

/** What an agent tells of an act that it was allowed: how it ended. A code, never words. */
export const OutcomeReport = z
  .strictObject({
    /** ledger position of the decision that allowed the act */
    decision: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    /** `ambiguous`: it can't be told whether it worked, e.g. after a time-out */
    status: z.enum(["success", "error", "ambiguous"]),
    /** a code such as `timeout` or `http.409` */
    errorClass: z
      .string()
      .regex(/^[a-z0-9_.-]{1,64}$/, "a code such as `timeout` or `http.409`")
      .optional(),
    /** how many records were really touched */
    records: z.number().int().min(0).max(1e9).optional(),
    /** how many bytes were moved */
    bytes: z.number().int().min(0).max(1e15).optional(),
  })
  .refine((report) => report.status !== "success" || report.errorClass === undefined, {
    path: ["errorClass"],
    message: "a success has no error class",
  });
export type OutcomeReport = z.infer<typeof OutcomeReport>;

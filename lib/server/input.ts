import type { z } from "zod";
import { AppError } from "@/lib/domain/errors";

/** Parses `raw`, or throws AppError("invalid") that names each field and what is wrong with it. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
): z.output<Schema> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  throw new AppError("invalid", "some of what was sent can't be accepted", {
    cause: result.error,
    fields,
  });
}

import type { z } from "zod";
import { AppError } from "@/lib/domain/errors";

/** Parses `raw`, or throws AppError("invalid") that names each field and what is wrong with it. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
): z.output<Schema> {
  const result = schema.safeParse(raw);
  if (result.success) {
    const path = pathToNul(result.data, []);
    if (path === null) return result.data;
    const message = "contains a character that can't be stored";
    throw new AppError("invalid", message, { fields: [{ path: path.join("."), message }] });
  }
  const fields = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  throw new AppError("invalid", "some of what was sent can't be accepted", {
    cause: result.error,
    fields,
  });
}

/** PostgreSQL holds no NUL; ids and short words whose form no schema spells out would fail there as a surprise. */
function pathToNul(value: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof value === "string") return value.includes("\0") ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const found = pathToNul(name, path) ?? pathToNul(member, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}

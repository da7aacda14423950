import { AppError } from "@/lib/domain/errors";

/** Throws AppError("invalid") where something is said to have happened that can't have happened yet. */
export function notLater(path: string, at: Date | null, now: Date): void {
  if (at === null || at <= now) return;
  const message = "this has not happened yet";
  throw new AppError("invalid", message, { fields: [{ path, message }] });
}

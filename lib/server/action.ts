import { unstable_rethrow } from "next/navigation";
import { AppError, type ErrorCode, type FieldProblem } from "@/lib/domain/errors";
import { log } from "./log";

/** What a form knows after its action ran. */
export type ActionState<Value = undefined> =
  | { readonly status: "idle" }
  | { readonly status: "ok"; readonly value: Value; readonly message?: string }
  | {
      readonly status: "error";
      readonly code: ErrorCode | "unexpected";
      readonly message: string;
      readonly fields: readonly FieldProblem[];
    };

/**
 * Runs a verb for a form. A foreseen failure becomes a message; a surprise is logged and says nothing
 * about itself. Redirects pass through.
 */
export async function attempt<Value>(
  work: () => Promise<Value>,
  message?: string,
): Promise<ActionState<Value>> {
  try {
    const value = await work();
    return message === undefined ? { status: "ok", value } : { status: "ok", value, message };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof AppError) {
      return { status: "error", code: error.code, message: error.message, fields: error.fields };
    }
    log.error({ err: error }, "action failed");
    return {
      status: "error",
      code: "unexpected",
      message: "something went wrong on our side; nothing was changed",
      fields: [],
    };
  }
}

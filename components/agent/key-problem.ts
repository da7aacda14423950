import type { FormState } from "@/components/layout/form-status";
import { parsePublicJwk } from "@/lib/domain/agent/key";
import { AppError } from "@/lib/domain/errors";

/**
 * What is wrong with a pasted key, found in the browser: a private key that was pasted by mistake must not even be
 * sent. Null where nothing is; the server checks again.
 */
export function keyProblem(text: string): FormState | null {
  if (text.trim() === "") return null;
  try {
    parsePublicJwk(text);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fields = [{ path: "publicJwk", message: error.message }];
    return { status: "error", message: "the key can't be accepted", fields };
  }
}

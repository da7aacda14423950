import type { z } from "zod";
import { canonicalJson, type Json, parseStrictJson } from "@/lib/domain/crypto/canonical-json";
import { AppError } from "@/lib/domain/errors";
import { badRequest, HttpProblem } from "./http";

export type SignedBody<Value> = {
  readonly value: Value;
  /** JCS (RFC 8785) of the body: what the proof's `intent` is the digest of */
  readonly signed: string;
};

const FIELDS_MAX = 20;

/** Reads a JSON body strictly: no duplicate or unknown member. Throws HttpProblem(400); `what`: what it should be, in words. */
export function parseSignedBody<Schema extends z.ZodType<Json>>(
  text: string,
  schema: Schema,
  what: string,
): SignedBody<z.output<Schema>> {
  const json = strict(text);
  const result = schema.safeParse(json);
  if (result.success) return { value: result.data, signed: signedText(json, result.data) };
  throw new HttpProblem(400, `this is not ${what}`, {
    fields: result.error.issues.slice(0, FIELDS_MAX).map((issue) => ({
      path: issue.path.map(String).join(".").slice(0, 200),
      message: issue.message.slice(0, 200),
    })),
  });
}

/** INVARIANT: what is acted on and recorded is what was signed, whatever a schema may drop without a word (`__proto__`). */
function signedText(json: Json, value: Json): string {
  const signed = canonicalJson(json);
  if (canonicalJson(value) !== signed) throw new HttpProblem(400, "a member's name is not allowed");
  return signed;
}

function strict(text: string): Json {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof AppError) throw badRequest(error.message, error);
    throw error;
  }
}

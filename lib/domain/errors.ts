/** Every way in which a person's or a program's request can fail for a reason that we foresee. */
export type ErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "stale"
  | "competence"
  | "too-many"
  | "too-large"
  | "unavailable";

export type FieldProblem = { readonly path: string; readonly message: string };

/** An expected failure. `message` is safe to show; `fields` name what to mend. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: readonly FieldProblem[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly fields?: readonly FieldProblem[] } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
  }
}

/** HTTP status of each code (RFC 9110). */
export const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  stale: 409,
  competence: 403,
  "too-many": 429,
  "too-large": 413,
  unavailable: 503,
};

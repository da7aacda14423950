/** An `error` blocks submission, a `warning` is for the sponsor to weigh, a `note` is only said. */
export const SEVERITIES = ["error", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

type FindingCode =
  | "condition-invalid"
  | "condition-never-true"
  | "over-broad"
  | "unguarded"
  | "inside-never"
  | "shadowed"
  | "redundant"
  | "template-wording"
  | "no-budget"
  | "no-spend-budget"
  | "budget-zero"
  | "budget-moot"
  | "ceiling-restricted"
  | "hours-missing"
  | "hours-closed"
  | "network-unreachable"
  | "network-broad"
  | "network-port"
  | "threshold-moot"
  | "threshold-high"
  | "validity-over"
  | "validity-long";

/** One objection. `path` is a JSON pointer into the manifest. */
export type Finding = {
  readonly severity: Severity;
  readonly code: FindingCode;
  readonly path: string;
  readonly message: string;
  readonly suggestion: string;
};

/** High-level root causes: field 4.1 of ITS (EU) 2025/302, Annex II. */
export const ROOT_CAUSES = [
  "malicious-actions",
  "process-failure",
  "system-failure",
  "human-error",
  "external-event",
] as const;
export type RootCause = (typeof ROOT_CAUSES)[number];

export const ROOT_CAUSE_WORDS: Readonly<Record<RootCause, string>> = {
  "malicious-actions": "Malicious actions",
  "process-failure": "Process failure",
  "system-failure": "System failure or malfunction",
  "human-error": "Human error",
  "external-event": "External event",
};

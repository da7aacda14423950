/** What can be sent to whom because of an incident. The database checks this list. */
export const REPORT_KINDS = [
  "dora-initial",
  "dora-intermediate",
  "dora-final",
  "ai-provider",
  "ai-authority",
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_WORDS: Readonly<Record<ReportKind, string>> = {
  "dora-initial": "DORA initial notification",
  "dora-intermediate": "DORA intermediate report",
  "dora-final": "DORA final report",
  "ai-provider": "AI Act: tell the provider",
  "ai-authority": "AI Act: report to the authority",
};

/** A kind as the database holds it; it checks the list, so an unknown one does not come. */
export function isReportKind(value: string): value is ReportKind {
  return (REPORT_KINDS as readonly string[]).includes(value);
}

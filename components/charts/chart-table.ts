/** A figure, or words that lead somewhere. */
export type ChartCell =
  | string
  | number
  | null
  | { readonly text: string | number; readonly href: string };

/** What a chart shows, as rows and columns. */
export type ChartTable = {
  readonly columns: readonly string[];
  /** the first cell names the row */
  readonly rows: readonly (readonly ChartCell[])[];
};

export function cellText(cell: ChartCell): string {
  if (cell === null) return "";
  return String(typeof cell === "object" ? cell.text : cell);
}

/** RFC 4180. */
export function toCsv({ columns, rows }: ChartTable): string {
  const lines = [columns, ...rows.map((row) => row.map(cellText))];
  return lines.map((line) => `${line.map(csvField).join(",")}\r\n`).join("");
}

/** A spreadsheet would run what begins like a formula, and agents choose some of these words. */
function csvField(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

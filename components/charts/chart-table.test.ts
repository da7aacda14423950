import { expect, test } from "vitest";
import { toCsv } from "./chart-table";

test("CSV quotes what would break a line, and links are their text", () => {
  const csv = toCsv({
    columns: ["Act", "Requests"],
    rows: [
      ['read "invoice", twice', 3],
      [{ text: 17, href: "/requests/17" }, null],
    ],
  });
  expect(csv).toBe('Act,Requests\r\n"read ""invoice"", twice",3\r\n17,\r\n');
});

test("CSV never begins a field with what a spreadsheet runs, and leaves negative figures alone", () => {
  const rows = [["=1+1", "+1", "@a", "-cmd", -4, "\tx"]];
  expect(toCsv({ columns: [], rows })).toBe("\r\n'=1+1,'+1,'@a,'-cmd,-4,'\tx\r\n");
});

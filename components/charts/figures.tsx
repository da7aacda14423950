import Link from "next/link";
import { type ChartCell, type ChartTable, cellText } from "@/components/charts/chart-table";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";

/** The figures of a chart as a table. */
export function Figures({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  return (
    <Table label={title}>
      <TableHeader>
        <tr>
          {table.columns.map((column, index) => (
            <TableHead key={column} className={index > 0 ? "text-right" : undefined}>
              {column}
            </TableHead>
          ))}
        </tr>
      </TableHeader>
      <TableBody>
        {keyed(table.rows).map(({ key, row: [name, ...figures] }) => (
          <TableRow key={key}>
            <TableHead scope="row" className="font-normal text-foreground">
              <Cell cell={name ?? null} />
            </TableHead>
            {figures.map((figure, index) => (
              <TableCell key={table.columns[index + 1]} className="py-1 text-right">
                <Cell cell={figure} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Two rows may be named alike, e.g. two scores of one minute. */
function keyed(rows: ChartTable["rows"]) {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const name = cellText(row[0] ?? null);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { key: `${name} ${count}`, row };
  });
}

function Cell({ cell }: { readonly cell: ChartCell }) {
  if (typeof cell !== "object" || cell === null) return cell;
  return (
    <Link href={cell.href} className="link">
      {cell.text}
    </Link>
  );
}

"use client";

import { ChartSpline, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";

export type ChartTable = {
  readonly columns: readonly string[];
  /** the first cell names the row */
  readonly rows: readonly (readonly (string | number)[])[];
};

/** A chart with what it says in words, and the same figures as a table for whoever reads those better. */
export function ChartFrame({
  title,
  summary,
  table,
  legend,
  children,
}: {
  readonly title: string;
  /** what a look at the chart tells */
  readonly summary: string;
  readonly table: ChartTable;
  readonly legend?: ReactNode;
  readonly children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        <CardAction>
          <Button
            variant="ghost"
            size="sm"
            aria-label={asTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartSpline aria-hidden /> : <Table2 aria-hidden />}
            {asTable ? "Chart" : "Table"}
          </Button>
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-3">
        <p className="text-[13px] text-muted-foreground">{summary}</p>
        {asTable ? (
          <div className="max-h-72 overflow-y-auto rounded-md border">
            <Figures title={title} table={table} />
          </div>
        ) : (
          <>
            {legend}
            <div className="h-56 min-w-0">{children}</div>
          </>
        )}
      </CardContent>
    </Card>
  );
}

function Figures({ title, table }: { readonly title: string; readonly table: ChartTable }) {
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
        {table.rows.map(([name, ...figures]) => (
          <TableRow key={name}>
            <TableHead scope="row" className="font-normal text-foreground">
              {name}
            </TableHead>
            {figures.map((figure, index) => (
              <TableCell key={table.columns[index + 1]} className="py-1 text-right">
                {figure}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** What each colour stands for. */
export function ChartLegend({
  items,
}: {
  readonly items: readonly { readonly label: string; readonly color: string }[];
}) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
      {items.map(({ label, color }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-[2px]" style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}

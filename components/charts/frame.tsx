"use client";

import { ChartSpline, Download, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type ChartTable, toCsv } from "@/components/charts/chart-table";
import { Figures } from "@/components/charts/figures";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";

/** A chart with what it says in words, and the same figures as a table or a CSV file for whoever reads those better. */
export function ChartFrame({
  title,
  summary,
  table,
  legend,
  height = 224,
  children,
}: {
  readonly title: string;
  /** what a look at the chart tells */
  readonly summary: string;
  readonly table: ChartTable;
  readonly legend?: ReactNode;
  /** pixels kept for the chart, so that nothing moves when it is drawn; `auto` where HTML draws it at once */
  readonly height?: number | "auto";
  readonly children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        <CardAction className="-my-1 gap-0.5">
          <Button
            variant="ghost"
            size="sm"
            aria-label={asTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartSpline aria-hidden /> : <Table2 aria-hidden />}
            {asTable ? "Chart" : "Table"}
          </Button>
          <Button
            variant="ghost"
            size="sm"
            aria-label={`Download ${title} as CSV`}
            onClick={() => download(title, table)}
          >
            <Download aria-hidden />
            CSV
          </Button>
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-3">
        <p className="max-w-[80ch] text-[13px] text-muted-foreground">{summary}</p>
        {asTable ? (
          <div className="max-h-96 overflow-y-auto rounded-md border">
            <Figures title={title} table={table} />
          </div>
        ) : (
          <>
            {legend}
            <div
              // Until it is measured, a chart is as wide as FIRST_SIZE: a narrow screen must not widen with it.
              className={height === "auto" ? "min-w-0" : "min-w-0 overflow-hidden"}
              style={height === "auto" ? undefined : { height }}
            >
              {children}
            </div>
          </>
        )}
      </CardContent>
    </Card>
  );
}

function download(title: string, table: ChartTable): void {
  const href = URL.createObjectURL(new Blob([toCsv(table)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = href;
  link.download = `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.csv`;
  link.click();
  URL.revokeObjectURL(href);
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

"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { ChartFrame } from "@/components/charts/frame";

export type MatrixCell = {
  readonly value: number;
  /** what stands in the cell; nothing where it is empty */
  readonly text: string;
  /** a sentence, e.g. `3 agents of tier high score 60 to 79` */
  readonly words: string;
  /** 0–1: how much ink the cell gets */
  readonly weight: number;
  /** a CSS colour */
  readonly color: string;
  readonly href?: string;
  /** a small line under the text */
  readonly note?: string;
};

type MatrixProps = {
  readonly title: string;
  readonly summary: string;
  /** names the rows, e.g. `From` */
  readonly rowLabel: string;
  /** names the columns, e.g. `To` */
  readonly columnLabel: string;
  /** `short`: what stands above the column where `label` has no room */
  readonly columns: readonly { readonly label: string; readonly short?: string }[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly MatrixCell[] }[];
  readonly legend?: ReactNode;
  /** tall cells where few of them say a lot */
  readonly roomy?: boolean;
};

/** So many columns fit any screen; more of them scroll. */
const FEW = 6;
const NAME_WIDTH = 112;
const CELL_WIDTH = 28;
const MOST_INK = 42;
const LEAST_INK = 7;

/** Two things against each other: the more, the darker. It is a table, so that each cell can be reached and read out. */
export function Matrix(props: MatrixProps) {
  const { title, summary, rowLabel, columnLabel, columns, rows, legend, roomy = false } = props;
  const table = {
    columns: [rowLabel, ...columns.map(({ label }) => label)],
    rows: rows.map(({ label, cells }) => [label, ...cells.map(({ value }) => value)]),
  };
  return (
    <ChartFrame title={title} summary={summary} table={table} legend={legend} height="auto">
      <section
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable).
        tabIndex={0}
        className="relative overflow-x-auto -outline-offset-2"
      >
        <table
          className="w-full table-fixed border-separate border-spacing-0.5 text-[13px]"
          style={columns.length > FEW ? { minWidth: NAME_WIDTH + columns.length * CELL_WIDTH } : {}}
        >
          <caption className="sr-only">
            {title}. Rows: {rowLabel}; columns: {columnLabel}.
          </caption>
          <thead>
            <tr>
              <th
                scope="col"
                className="w-20 pb-1 text-left sm:w-28 text-xs font-normal text-muted-foreground"
              >
                {rowLabel}
              </th>
              {columns.map(({ label, short }) => (
                <th
                  key={label}
                  scope="col"
                  title={label}
                  className="truncate pb-1 text-center text-[11px] sm:text-xs font-normal text-muted-foreground"
                >
                  {short ?? label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, cells }) => (
              <tr key={label}>
                <th scope="row" title={label} className="truncate pr-2 text-left font-medium">
                  {label}
                </th>
                {cells.map((cell, index) => (
                  <td
                    key={columns[index]?.label}
                    className="rounded-sm bg-muted/60 p-0 text-center"
                    style={{ background: ink(cell) }}
                  >
                    <Content cell={cell} roomy={roomy} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </ChartFrame>
  );
}

function Content({ cell, roomy }: { readonly cell: MatrixCell; readonly roomy: boolean }) {
  const { text, words, note, href } = cell;
  const room = `grid content-center overflow-hidden rounded-sm px-1 ${roomy ? "min-h-16" : "min-h-8"}`;
  const body = (
    <>
      <span aria-hidden className={roomy ? "text-lg leading-tight font-semibold" : ""}>
        {text}
      </span>
      {note ? (
        <span aria-hidden className="hidden truncate text-xs sm:block">
          {note}
        </span>
      ) : null}
      <span className="sr-only">{words}</span>
    </>
  );
  if (href === undefined) {
    return (
      <div className={room} title={words}>
        {body}
      </div>
    );
  }
  return (
    <Link
      href={href}
      title={words}
      className={`${room} outline-offset-0 hover:ring-2 hover:ring-ring`}
    >
      {body}
    </Link>
  );
}

function ink({ value, weight, color }: MatrixCell): string | undefined {
  if (value === 0) return undefined;
  const share = LEAST_INK + (MOST_INK - LEAST_INK) * Math.min(1, Math.max(0, weight));
  return `color-mix(in oklab, ${color} ${share.toFixed(0)}%, var(--card))`;
}

"use client";

import {
  type ColumnDef,
  createColumnHelper,
  metaHelper,
  type RowData,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useMemo } from "react";
import { Pagination } from "@/components/ui/pagination";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { cn } from "@/lib/utils";

const features = tableFeatures({
  rowSortingFeature,
  rowPaginationFeature,
  columnMeta: metaHelper<{
    readonly align?: "end";
    readonly className?: string;
    /** hidden below this width */
    readonly from?: "md" | "lg" | "xl";
  }>(),
});

type Features = typeof features;
export type DataColumns<Row extends RowData> = ColumnDef<Features, Row, unknown>[];

/** Column helper bound to this table's features: `const column = dataColumns<AgentRow>()`, then `column.columns([column.accessor(…)])`. */
export function dataColumns<Row extends RowData>() {
  return createColumnHelper<Features, Row>();
}

/** `page` counts from 1; `sort` is a column id, with `-` before it for descending, or null. */
export type PageInfo = {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly sort: string | null;
};

type DataTableProps<Row extends RowData> = {
  readonly label: string;
  readonly columns: DataColumns<Row>;
  readonly rows: readonly Row[];
  readonly info: PageInfo;
  readonly rowId: (row: Row) => string;
  readonly empty: ReactNode;
  /** what a row is, for "1–25 of 312 agents" */
  readonly noun?: string;
  /** names of the query parameters, where two tables share a page */
  readonly params?: { readonly page: string; readonly sort: string };
};

const PARAMS = { page: "page", sort: "sort" };
const FROM = { md: "hidden md:table-cell", lg: "hidden lg:table-cell", xl: "hidden xl:table-cell" };

/**
 * A table whose pages and order come from the server: headers and page links are plain links that write `sort` and
 * `page` to the URL and leave every other parameter as it is. A column is sortable when `enableSorting` is true.
 */
export function DataTable<Row extends RowData>({
  label,
  columns,
  rows,
  info,
  rowId,
  empty,
  noun = "rows",
  params = PARAMS,
}: DataTableProps<Row>) {
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns,
    data,
    getRowId: rowId,
    defaultColumn: { enableSorting: false },
    manualSorting: true,
    manualPagination: true,
    rowCount: info.total,
  });
  const hrefWith = useHref();

  return (
    <div className="min-w-0 overflow-hidden rounded-lg border bg-card">
      <Table label={label}>
        <TableHeader>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const meta = header.column.columnDef.meta;
                const sortable = header.column.getCanSort();
                const direction = sortDirection(info.sort, header.column.id);
                return (
                  <TableHead
                    key={header.id}
                    aria-sort={sortable ? direction : undefined}
                    className={cn(
                      meta?.align === "end" && "text-right",
                      meta?.from && FROM[meta.from],
                    )}
                  >
                    {sortable ? (
                      <SortLink
                        direction={direction}
                        href={hrefWith({
                          [params.sort]:
                            direction === "ascending" ? `-${header.column.id}` : header.column.id,
                          [params.page]: null,
                        })}
                      >
                        <table.FlexRender header={header} />
                      </SortLink>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </TableHead>
                );
              })}
            </tr>
          ))}
        </TableHeader>
        <TableBody>
          {table.getRowModel().rows.map((row) => (
            <TableRow key={row.id}>
              {row.getAllCells().map((cell) => {
                const meta = cell.column.columnDef.meta;
                return (
                  <TableCell
                    key={cell.id}
                    className={cn(
                      meta?.align === "end" && "text-right",
                      meta?.from && FROM[meta.from],
                      meta?.className,
                    )}
                  >
                    <table.FlexRender cell={cell} />
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rows.length === 0 ? empty : null}
      <PageLinks
        info={info}
        noun={noun}
        shown={rows.length}
        hrefWith={hrefWith}
        param={params.page}
      />
    </div>
  );
}

function SortLink({
  direction,
  href,
  children,
}: {
  readonly direction: SortDirection;
  readonly href: string;
  readonly children: ReactNode;
}) {
  const Icon = SORT_ICONS[direction];
  return (
    <Link
      href={href}
      scroll={false}
      className="-mx-1 inline-flex items-center gap-1 rounded-sm px-1 py-0.5 hover:text-foreground"
    >
      {children}
      <Icon className="size-3.5" aria-hidden />
    </Link>
  );
}

const SORT_ICONS = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown };
type SortDirection = keyof typeof SORT_ICONS;

function sortDirection(sort: string | null, column: string): SortDirection {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : "none";
}

function PageLinks({
  info,
  noun,
  shown,
  hrefWith,
  param,
}: {
  readonly info: PageInfo;
  readonly noun: string;
  readonly shown: number;
  readonly hrefWith: HrefWith;
  readonly param: string;
}) {
  if (info.total === 0) return null;
  const first = (info.page - 1) * info.pageSize + 1;
  const last = Math.min(info.total, first + shown - 1);
  const range = shown === 1 ? formatNumber(first) : `${formatNumber(first)}–${formatNumber(last)}`;
  const summary =
    shown === 0
      ? `No ${noun} on page ${formatNumber(info.page)}; ${formatNumber(info.total)} in all`
      : `${range} of ${formatNumber(info.total)} ${noun}`;
  return (
    <Pagination
      className="border-t px-3 py-2"
      summary={summary}
      previousHref={
        info.page > 1 ? hrefWith({ [param]: info.page > 2 ? String(info.page - 1) : null }) : null
      }
      nextHref={
        last < info.total && shown > 0 ? hrefWith({ [param]: String(info.page + 1) }) : null
      }
    />
  );
}

type HrefWith = (changes: Readonly<Record<string, string | null>>) => string;

/** This page's address with some query parameters changed (null: removed). */
export function useHref(): HrefWith {
  const pathname = usePathname();
  const search = useSearchParams();
  return (changes) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    return query ? `${pathname}?${query}` : pathname;
  };
}

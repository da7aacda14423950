"use client";

import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useState, useTransition } from "react";
import { useHref } from "@/components/layout/data-table";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

type Filter = {
  /** query parameter */
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

const NO_FILTERS: readonly Filter[] = [];

/** Search and filters that live in the URL; every change goes back to page 1. `search` names what is searched. */
export function FilterBar({
  search,
  filters = NO_FILTERS,
  children,
}: {
  readonly search?: string;
  readonly filters?: readonly Filter[];
  /** filters of another shape, which write to the URL themselves */
  readonly children?: ReactNode;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const hrefWith = useHref();
  const id = useId();
  const [pending, startTransition] = useTransition();
  const [text, setText] = useState(params.get("q") ?? "");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const go = (changes: Readonly<Record<string, string | null>>) => {
    clearTimeout(timer.current);
    startTransition(() => router.replace(hrefWith({ ...changes, page: null }), { scroll: false }));
  };
  const used = ["q", ...filters.map(({ name }) => name)].some((name) => params.has(name));

  return (
    <search className="mb-3 flex flex-wrap items-end gap-2" aria-busy={pending}>
      {search ? (
        <form
          className="relative w-full sm:w-72"
          onSubmit={(event) => {
            event.preventDefault();
            go({ q: text.trim() || null });
          }}
        >
          <label htmlFor={`${id}-q`} className="sr-only">
            {search}
          </label>
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
          />
          <Input
            id={`${id}-q`}
            name="q"
            type="search"
            value={text}
            placeholder={search}
            maxLength={200}
            className="pl-8"
            onChange={(event) => {
              const value = event.target.value;
              setText(value);
              clearTimeout(timer.current);
              timer.current = setTimeout(() => go({ q: value.trim() || null }), 350);
            }}
          />
        </form>
      ) : null}
      {filters.map((filter) => (
        <div key={filter.name} className="min-w-36 grow sm:grow-0">
          <label htmlFor={`${id}-${filter.name}`} className="sr-only">
            {filter.label}
          </label>
          <Select
            id={`${id}-${filter.name}`}
            value={params.get(filter.name) ?? ""}
            onChange={(event) => go({ [filter.name]: event.target.value || null })}
          >
            <option value="">{filter.label}: any</option>
            {filter.options.map((option) => (
              <option key={option.value} value={option.value}>
                {filter.label}: {option.label}
              </option>
            ))}
          </Select>
        </div>
      ))}
      {children}
      {used ? (
        <Button
          variant="ghost"
          onClick={() => {
            clearTimeout(timer.current);
            setText("");
            startTransition(() => router.replace(pathname, { scroll: false }));
          }}
        >
          Clear
        </Button>
      ) : null}
    </search>
  );
}

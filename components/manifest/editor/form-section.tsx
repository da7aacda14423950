"use client";

import { ArrowDown, ArrowUp, CircleAlert, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { pointer } from "@/lib/domain/manifest/document";
import { useFormEditor } from "./editor-context";
import type { Path } from "./json-text";
import { PLACE } from "./place";

/** One part of the form. Errors that belong to the part as a whole stand under its heading. */
export function FormSection({
  title,
  description,
  path,
  actions,
  children,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  /** the part of the document that this is, where it is one part */
  readonly path?: Path;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section
      className="grid min-w-0 gap-3 rounded-lg border bg-card p-4"
      aria-label={title}
      {...(path === undefined ? {} : { [PLACE]: pointer(path), tabIndex: -1 })}
    >
      <div className="flex items-start justify-between gap-3">
        <div className="grid gap-0.5">
          <h2 className="text-sm font-semibold">{title}</h2>
          {description ? (
            <p className="max-w-[64ch] text-[13px] text-muted-foreground">{description}</p>
          ) : null}
        </div>
        {actions}
      </div>
      {path === undefined ? null : <PartErrors path={path} />}
      {children}
    </section>
  );
}

/** What is wrong with a part as a whole. */
export function PartErrors({ path }: { readonly path: Path }) {
  const errors = useFormEditor().errorsAt(path);
  if (errors.length === 0) return null;
  return (
    <p className="flex items-start gap-1.5 text-[13px] text-destructive">
      <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
      {errors.join(" ")}
    </p>
  );
}

/** Shown where the document has something else than the list that the form could draw. */
export function NoList({ name }: { readonly name: string }) {
  return (
    <p className="text-[13px] text-muted-foreground">
      In the JSON, <code className="font-mono">{name}</code> is not a list at present. Mend it there
      and it can be edited here again.
    </p>
  );
}

/** Earlier, later, remove: for one element of a list. `name` says which, for people who hear the page. */
export function ElementActions({
  list,
  index,
  count,
  name,
}: {
  readonly list: Path;
  readonly index: number;
  readonly count: number;
  readonly name: string;
}) {
  const editor = useFormEditor();
  const move = (to: number) =>
    editor.change({ op: "move", path: list, from: index, to }, pointer([...list, to]));
  const remove = () => {
    const value = editor.valueAt([...list, index]);
    editor.change({ op: "remove", path: [...list, index] }, pointer(list));
    toast(`Removed ${name}`, {
      action: {
        label: "Put back",
        onClick: () =>
          editor.change({ op: "insert", path: list, value, at: index }, pointer([...list, index])),
      },
    });
  };
  return (
    <div className="flex shrink-0 items-center gap-0.5">
      {count > 1 ? (
        <>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Move ${name} up`}
            disabled={editor.locked || index === 0}
            onClick={() => move(index - 1)}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Move ${name} down`}
            disabled={editor.locked || index === count - 1}
            onClick={() => move(index + 1)}
          >
            <ArrowDown aria-hidden />
          </Button>
        </>
      ) : null}
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Remove ${name}`}
        disabled={editor.locked}
        onClick={remove}
      >
        <Trash2 aria-hidden />
      </Button>
    </div>
  );
}

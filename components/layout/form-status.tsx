"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import { cn } from "@/lib/utils";

/** What every form's state has in common: the part of a server action's answer that a person reads. */
export type FormState =
  | { readonly status: "idle"; readonly message?: undefined }
  | { readonly status: "ok"; readonly message?: string | undefined }
  | {
      readonly status: "error";
      readonly message?: string | undefined;
      readonly fields?: readonly { readonly path: string; readonly message: string }[] | undefined;
    };

/** What is wrong with one field, if anything. */
export function fieldError(state: FormState, path: string): string | undefined {
  if (state.status !== "error") return undefined;
  return state.fields?.find((problem) => problem.path === path)?.message;
}

/**
 * The outcome of the last submit, read out by screen readers and focused when it is an error. Problems of fields that
 * the form shows itself are named in `shown`; the others are listed here, so that none is lost.
 */
export function FormStatus({
  state,
  success,
  shown = [],
  className,
}: {
  readonly state: FormState;
  readonly success?: string;
  readonly shown?: readonly string[];
  readonly className?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status === "error") box.current?.focus();
  }, [state]);

  if (state.status === "idle") return null;
  const failed = state.status === "error";
  const text = textOf(state, success, shown);
  if (!text) return null;
  const others =
    state.status === "error"
      ? (state.fields ?? []).filter(({ path }) => !shown.includes(path))
      : [];
  return (
    <div
      ref={box}
      tabIndex={-1}
      role={failed ? "alert" : "status"}
      className={cn(
        "flex items-start gap-2 rounded-md border px-3 py-2 text-sm",
        failed
          ? "border-block/30 bg-block-soft text-block"
          : "border-allow/30 bg-allow-soft text-allow",
        className,
      )}
    >
      {failed ? (
        <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      ) : (
        <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden />
      )}
      <div className="grid gap-1">
        <p className="first-letter:uppercase">{text}</p>
        {others.length > 0 ? (
          <ul className="list-disc pl-4 text-[13px]">
            {others.map(({ path, message }) => (
              <li key={`${path}-${message}`}>
                {path ? <span className="font-medium">{path}: </span> : null}
                {message}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}

function textOf(
  state: FormState,
  success: string | undefined,
  shown: readonly string[],
): string | undefined {
  if (state.status !== "error") return state.message ?? success;
  // The field says it already.
  const said = state.fields?.some(
    ({ path, message }) => shown.includes(path) && message === state.message,
  );
  return said
    ? "Nothing was changed: see what is marked below."
    : (state.message ?? "That did not work.");
}

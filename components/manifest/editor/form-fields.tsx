"use client";

import { type ReactNode, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { pointer } from "@/lib/domain/manifest/document";
import { cn } from "@/lib/utils";
import { asText, asTexts, readEntries, readNumber } from "./document-read";
import { useFormEditor } from "./editor-context";
import type { Path } from "./json-text";
import { PLACE } from "./place";

type FieldProps = {
  readonly path: Path;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly className?: string;
};

const joined = (errors: readonly string[]): string | undefined =>
  errors.length > 0 ? errors.join(" ") : undefined;

/** A text. An empty one is taken out of the document where it is optional. */
export function TextField({
  path,
  label,
  hint,
  className,
  optional = false,
  lines,
  code = false,
  list,
}: FieldProps & {
  readonly optional?: boolean;
  readonly lines?: number;
  readonly code?: boolean;
  readonly list?: string;
}) {
  const editor = useFormEditor();
  const value = asText(editor.valueAt(path));
  const write = (text: string) => editor.set(path, optional && text === "" ? undefined : text);
  const shared = {
    [PLACE]: pointer(path),
    value,
    disabled: editor.locked,
    spellCheck: !code,
    className: cn(code && "font-mono text-[13px]"),
  };
  return (
    <Field
      label={label}
      hint={hint}
      required={!optional}
      error={joined(editor.errorsAt(path))}
      {...(className ? { className } : {})}
    >
      {(control) =>
        lines === undefined ? (
          <Input
            {...control}
            {...shared}
            list={list}
            onChange={(event) => write(event.target.value)}
          />
        ) : (
          <Textarea
            {...control}
            {...shared}
            rows={lines}
            className={cn(shared.className, lines === 1 && "min-h-8.5 py-1.5")}
            onChange={(event) => write(event.target.value)}
          />
        )
      }
    </Field>
  );
}

/**
 * What is typed, for as long as it means what the document holds: `1.` and `1` are the same number, and the point must
 * not vanish under the typist. When the document says something else, that is shown.
 */
function useTyped<Value>(
  held: string,
  read: (typed: string) => Value,
  show: (value: Value) => string,
) {
  const [typed, setTyped] = useState(held);
  return { shown: show(read(typed)) === held ? typed : held, setTyped };
}

/** A number; empty takes it out of the document. */
export function NumberField({
  path,
  label,
  hint,
  className,
  optional = false,
  onValue,
}: FieldProps & {
  readonly optional?: boolean;
  /** instead of writing the value at `path` */
  readonly onValue?: (value: number | string | undefined) => void;
}) {
  const editor = useFormEditor();
  const { shown, setTyped } = useTyped(asText(editor.valueAt(path)), readNumber, asText);
  return (
    <Field
      label={label}
      hint={hint}
      required={!optional}
      error={joined(editor.errorsAt(path))}
      {...(className ? { className } : {})}
    >
      {(control) => (
        <Input
          {...control}
          {...{ [PLACE]: pointer(path) }}
          inputMode="decimal"
          autoComplete="off"
          className="text-right"
          value={shown}
          disabled={editor.locked}
          onChange={(event) => {
            setTyped(event.target.value);
            const value = readNumber(event.target.value);
            if (onValue) onValue(value);
            else editor.set(path, value);
          }}
        />
      )}
    </Field>
  );
}

/** A list of short texts: one to a line, or with `inline` separated by commas. */
export function EntriesField({
  path,
  label,
  hint,
  className,
  optional = false,
  inline = false,
}: FieldProps & { readonly optional?: boolean; readonly inline?: boolean }) {
  const editor = useFormEditor();
  const separator = inline ? /[,\s]+/ : /\n/;
  const glue = inline ? ", " : "\n";
  const { shown, setTyped } = useTyped(
    asTexts(editor.valueAt(path)).join(glue),
    (typed) => readEntries(typed, separator),
    (entries) => entries.join(glue),
  );
  const shared = {
    [PLACE]: pointer(path),
    value: shown,
    disabled: editor.locked,
    spellCheck: false,
    autoComplete: "off",
  };
  const write = (typed: string) => {
    setTyped(typed);
    editor.set(path, readEntries(typed, separator));
  };
  return (
    <Field
      label={label}
      hint={hint}
      required={!optional}
      error={joined(editor.errorsAt(path, true))}
      {...(className ? { className } : {})}
    >
      {(control) =>
        inline ? (
          <Input
            {...control}
            {...shared}
            className="font-mono text-[13px]"
            onChange={(event) => write(event.target.value)}
          />
        ) : (
          <Textarea
            {...control}
            {...shared}
            rows={2}
            className="min-h-15 font-mono text-[13px]"
            onChange={(event) => write(event.target.value)}
          />
        )
      }
    </Field>
  );
}

/** One of a few words. What the document holds is offered too where it is none of them. */
export function ChoiceField({
  path,
  label,
  hint,
  className,
  options,
}: FieldProps & {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  const editor = useFormEditor();
  const value = asText(editor.valueAt(path));
  const known = options.some((option) => option.value === value);
  return (
    <Field
      label={label}
      hint={hint}
      required
      error={joined(editor.errorsAt(path))}
      {...(className ? { className } : {})}
    >
      {(control) => (
        <Select
          {...control}
          {...{ [PLACE]: pointer(path) }}
          value={value}
          disabled={editor.locked}
          onChange={(event) => editor.set(path, event.target.value)}
        >
          {known ? null : <option value={value}>{value === "" ? "Choose…" : value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

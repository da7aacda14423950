"use client";

import { conditionInWords } from "@/lib/domain/manifest/condition-in-words";
import { pointer } from "@/lib/domain/manifest/document";
import { asText } from "./document-read";
import { useFormEditor } from "./editor-context";
import { ChoiceField, EntriesField, TextField } from "./form-fields";
import { ElementActions, PartErrors } from "./form-section";
import type { Path } from "./json-text";
import { PLACE } from "./place";

/** One rule of a task: what may be done to what, when, and who confirms. */
export function RuleFields({
  list,
  index,
  count,
}: {
  readonly list: Path;
  readonly index: number;
  readonly count: number;
}) {
  const path = [...list, index];
  return (
    <fieldset
      className="grid min-w-0 gap-3 rounded-md border border-dashed p-3"
      tabIndex={-1}
      {...{ [PLACE]: pointer(path) }}
    >
      <legend className="sr-only">Rule {index + 1}</legend>
      <div className="flex items-center justify-between gap-2">
        <p className="text-[13px] font-medium" aria-hidden>
          Rule {index + 1}
        </p>
        <ElementActions list={list} index={index} count={count} name={`rule ${index + 1}`} />
      </div>
      <PartErrors path={path} />
      <ScopeFields path={path} />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <ChoiceField
          path={[...path, "impact"]}
          label="Impact"
          hint="Transformative: it changes money, records or rights."
          options={[
            { value: "routine", label: "Routine" },
            { value: "transformative", label: "Transformative" },
          ]}
        />
        <ChoiceField
          path={[...path, "confirm"]}
          label="Confirmation by the sponsor"
          options={[
            { value: "never", label: "Never" },
            { value: "new-target", label: "Once for each new target" },
            { value: "each", label: "Each request" },
          ]}
        />
      </div>
    </fieldset>
  );
}

/** Actions, resources and condition: what rules and never-rules have in common. */
export function ScopeFields({ path }: { readonly path: Path }) {
  const editor = useFormEditor();
  const currency = asText(editor.valueAt(["budgets", "spend", "currency"]));
  const when = asText(editor.valueAt([...path, "when"]));
  const words =
    when.trim() === ""
      ? null
      : conditionInWords(when, /^[A-Z]{3}$/.test(currency) ? currency : undefined);
  return (
    <>
      <EntriesField
        path={[...path, "actions"]}
        label="Actions"
        inline
        hint={
          <>
            Separated by commas, such as <code>read, post</code>; <code>*</code> is every action.
          </>
        }
      />
      <EntriesField
        path={[...path, "resources"]}
        label="Resources"
        hint={
          <>
            One <code>type:id</code> to a line. <code>*</code> is any run without <code>/</code>,{" "}
            <code>**</code> any run.
          </>
        }
      />
      <TextField
        path={[...path, "when"]}
        label="Only when"
        optional
        code
        lines={1}
        hint={
          words === null ? (
            <>
              A CEL condition, such as <code>context.spend &lt;= 250000.0</code>.
            </>
          ) : (
            <>Reads: only when {words}.</>
          )
        }
      />
    </>
  );
}

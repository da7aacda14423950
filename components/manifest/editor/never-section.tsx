"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { pointer } from "@/lib/domain/manifest/document";
import { asText, freeId, listAt } from "./document-read";
import { useFormEditor } from "./editor-context";
import { TextField } from "./form-fields";
import { ElementActions, FormSection, NoList, PartErrors } from "./form-section";
import type { Path } from "./json-text";
import { PLACE } from "./place";
import { ScopeFields } from "./rule-fields";

const LIST: Path = ["never"];

/** What is refused whatever the tasks say. */
export function NeverSection() {
  const editor = useFormEditor();
  const rules = listAt({ never: editor.valueAt(LIST) }, LIST);
  const add = () =>
    editor.change(
      {
        op: "insert",
        path: LIST,
        value: { id: freeId("never", rules ?? []), because: "", actions: ["*"], resources: [] },
      },
      pointer([...LIST, rules?.length ?? 0, "id"]),
    );
  return (
    <FormSection
      title="Never"
      path={LIST}
      description="Refused whatever the tasks say. A sponsor can't override it for a single request."
      actions={
        <Button
          variant="outline"
          size="sm"
          disabled={editor.locked || rules === null}
          onClick={add}
        >
          <Plus aria-hidden />
          Add never-rule
        </Button>
      }
    >
      {rules === null ? <NoList name="never" /> : null}
      {rules?.length === 0 ? (
        <p className="text-[13px] text-muted-foreground">
          Nothing is ruled out for good. What no task allows is blocked all the same.
        </p>
      ) : null}
      {rules?.map((_, index) => {
        const path = [...LIST, index];
        const name = asText(editor.valueAt([...path, "id"])) || `never-rule ${index + 1}`;
        return (
          <fieldset
            key={pointer(path)}
            className="grid min-w-0 gap-3 rounded-lg border bg-background p-3"
            tabIndex={-1}
            {...{ [PLACE]: pointer(path) }}
          >
            <legend className="sr-only">Never-rule {name}</legend>
            <div className="flex items-center justify-between gap-2">
              <h3 className="min-w-0 truncate text-sm font-medium">{name}</h3>
              <ElementActions
                list={LIST}
                index={index}
                count={rules.length}
                name={`never-rule ${name}`}
              />
            </div>
            <PartErrors path={path} />
            <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
              <TextField path={[...path, "id"]} label="Id" code />
              <TextField path={[...path, "because"]} label="Because" lines={1} />
            </div>
            <ScopeFields path={path} />
          </fieldset>
        );
      })}
    </FormSection>
  );
}

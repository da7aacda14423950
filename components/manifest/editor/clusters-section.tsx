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
import { RuleFields } from "./rule-fields";

const LIST: Path = ["clusters"];
const NEW_RULE = { actions: [], resources: [], impact: "routine", confirm: "each" };

/** The tasks, each with its rules. */
export function ClustersSection() {
  const editor = useFormEditor();
  const clusters = listAt({ clusters: editor.valueAt(LIST) }, LIST);
  const add = () => {
    const id = freeId("task", clusters ?? []);
    editor.change(
      { op: "insert", path: LIST, value: { id, purpose: "", rules: [NEW_RULE] } },
      pointer([...LIST, clusters?.length ?? 0, "id"]),
    );
  };
  return (
    <FormSection
      title="Tasks"
      path={LIST}
      description="One purpose each, with the actions and resources that it needs. What no rule names is blocked."
      actions={
        <Button
          variant="outline"
          size="sm"
          disabled={editor.locked || clusters === null}
          onClick={add}
        >
          <Plus aria-hidden />
          Add task
        </Button>
      }
    >
      {clusters === null ? <NoList name="clusters" /> : null}
      {clusters?.length === 0 ? (
        <p className="text-[13px] text-muted-foreground">No task yet: the agent may do nothing.</p>
      ) : null}
      {clusters?.map((_, index) => (
        <ClusterFields key={pointer([...LIST, index])} index={index} count={clusters.length} />
      ))}
    </FormSection>
  );
}

function ClusterFields({ index, count }: { readonly index: number; readonly count: number }) {
  const editor = useFormEditor();
  const path = [...LIST, index];
  const rulesPath = [...path, "rules"];
  const rules = listAt({ rules: editor.valueAt(rulesPath) }, ["rules"]);
  const name = asText(editor.valueAt([...path, "id"])) || `task ${index + 1}`;
  return (
    <fieldset
      className="grid min-w-0 gap-3 rounded-lg border bg-background p-3"
      tabIndex={-1}
      {...{ [PLACE]: pointer(path) }}
    >
      <legend className="sr-only">Task {name}</legend>
      <div className="flex items-center justify-between gap-2">
        <h3 className="min-w-0 truncate text-sm font-medium">{name}</h3>
        <ElementActions list={LIST} index={index} count={count} name={`task ${name}`} />
      </div>
      <PartErrors path={path} />
      <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <TextField
          path={[...path, "id"]}
          label="Id"
          code
          hint="Each request of the agent names it."
        />
        <TextField path={[...path, "purpose"]} label="Purpose" lines={1} />
      </div>
      {rules === null ? (
        <NoList name="rules" />
      ) : (
        rules.map((_, r) => (
          <RuleFields
            key={pointer([...rulesPath, r])}
            list={rulesPath}
            index={r}
            count={rules.length}
          />
        ))
      )}
      <PartErrors path={rulesPath} />
      <Button
        variant="ghost"
        size="sm"
        className="justify-self-start"
        disabled={editor.locked || rules === null}
        onClick={() =>
          editor.change(
            { op: "insert", path: rulesPath, value: NEW_RULE },
            pointer([...rulesPath, rules?.length ?? 0, "actions"]),
          )
        }
      >
        <Plus aria-hidden />
        Add rule to {name}
      </Button>
    </fieldset>
  );
}

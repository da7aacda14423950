"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { pointer } from "@/lib/domain/manifest/document";
import { asText } from "./document-read";
import { useFormEditor } from "./editor-context";
import { FormSection } from "./form-section";
import { PLACE } from "./place";

const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}):00(?:\.0+)?Z$/;
const LENGTHS = [3, 6, 12];

/** From when until when the manifest gives authority; in UTC, as it is stored. */
export function ValiditySection() {
  const editor = useFormEditor();
  const from = asText(editor.valueAt(["validity", "notBefore"]));
  const start = Date.parse(from);
  const setLength = (months: number) => {
    const until = new Date(start);
    until.setUTCMonth(until.getUTCMonth() + months);
    editor.set(["validity", "notAfter"], until.toISOString().replace(/\.\d{3}Z$/, "Z"));
  };
  return (
    <FormSection
      title="Validity"
      path={["validity"]}
      description="At most 12 months. After it, every request is refused until a later version is approved."
    >
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <InstantField name="notBefore" label="From (UTC)" />
        <InstantField name="notAfter" label="Until (UTC)" />
      </div>
      {Number.isNaN(start) ? null : (
        <div className="flex flex-wrap items-center gap-2 text-[13px] text-muted-foreground">
          Valid for
          {LENGTHS.map((months) => (
            <Button
              key={months}
              variant="outline"
              size="sm"
              disabled={editor.locked}
              onClick={() => setLength(months)}
            >
              {months} months
            </Button>
          ))}
        </div>
      )}
    </FormSection>
  );
}

/** A date and time where the document has one, otherwise what stands there, to be mended. */
function InstantField({
  name,
  label,
}: {
  readonly name: "notBefore" | "notAfter";
  readonly label: string;
}) {
  const editor = useFormEditor();
  const path = ["validity", name];
  const held = asText(editor.valueAt(path));
  const local = INSTANT.exec(held)?.[1];
  const isEmpty = held === "";
  const errors = editor.errorsAt(path);
  return (
    <Field label={label} required error={errors.length > 0 ? errors.join(" ") : undefined}>
      {(control) =>
        local !== undefined || isEmpty ? (
          <Input
            {...control}
            {...{ [PLACE]: pointer(path) }}
            type="datetime-local"
            value={local ?? ""}
            disabled={editor.locked}
            onChange={(event) => {
              // Empty while the date is being typed: what was there stays until it is whole.
              if (event.target.value !== "")
                editor.set(path, `${event.target.value.slice(0, 16)}:00Z`);
            }}
          />
        ) : (
          <Input
            {...control}
            {...{ [PLACE]: pointer(path) }}
            value={held}
            disabled={editor.locked}
            onChange={(event) => editor.set(path, event.target.value)}
          />
        )
      }
    </Field>
  );
}

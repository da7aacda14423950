"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { pointer } from "@/lib/domain/manifest/document";
import { DAYS } from "@/lib/domain/manifest/manifest";
import { listAt } from "./document-read";
import { useFormEditor } from "./editor-context";
import { TextField } from "./form-fields";
import { ElementActions, FormSection, NoList, PartErrors } from "./form-section";
import type { Path } from "./json-text";
import { PLACE } from "./place";

const WINDOWS: Path = ["hours", "windows"];
const WORKDAY = { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "18:00" };
const DAY_WORDS = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};

/** When the agent may work, in one time zone. */
export function HoursSection() {
  const editor = useFormEditor();
  const hours = editor.valueAt(["hours"]);
  const windows = listAt({ windows: editor.valueAt(WINDOWS) }, ["windows"]);
  if (hours === undefined) {
    return (
      <FormSection
        title="Hours"
        path={["hours"]}
        description="The agent may work at any hour of any day."
        actions={
          <Button
            variant="outline"
            size="sm"
            disabled={editor.locked}
            onClick={() =>
              editor.change(
                {
                  op: "set",
                  path: ["hours"],
                  value: { timeZone: "Europe/London", windows: [WORKDAY] },
                },
                "/hours/timeZone",
              )
            }
          >
            Set hours
          </Button>
        }
      />
    );
  }
  return (
    <FormSection
      title="Hours"
      path={["hours"]}
      description="The agent may work inside any of these windows."
      actions={
        <Button
          variant="ghost"
          size="sm"
          disabled={editor.locked}
          onClick={() => editor.set(["hours"], undefined)}
        >
          At any hour
        </Button>
      }
    >
      <TextField
        path={["hours", "timeZone"]}
        label="Time zone"
        hint="IANA name, such as Europe/London."
        className="sm:max-w-xs"
        list="time-zones"
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <PartErrors path={WINDOWS} />
      {windows === null ? <NoList name="windows" /> : null}
      {windows?.map((_, index) => (
        <WindowFields key={pointer([...WINDOWS, index])} index={index} count={windows.length} />
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="justify-self-start"
        disabled={editor.locked || windows === null}
        onClick={() =>
          editor.change(
            { op: "insert", path: WINDOWS, value: WORKDAY },
            pointer([...WINDOWS, windows?.length ?? 0]),
          )
        }
      >
        <Plus aria-hidden />
        Add window
      </Button>
    </FormSection>
  );
}

function WindowFields({ index, count }: { readonly index: number; readonly count: number }) {
  const editor = useFormEditor();
  const path = [...WINDOWS, index];
  const held = editor.valueAt([...path, "days"]);
  const days: readonly unknown[] = Array.isArray(held) ? held : [];
  const toggle = (day: string, on: boolean) =>
    editor.set(
      [...path, "days"],
      DAYS.filter((each) => (each === day ? on : days.includes(each))),
    );
  const id = `window-${index}`;
  return (
    <fieldset
      className="grid min-w-0 gap-3 rounded-lg border bg-background p-3"
      tabIndex={-1}
      {...{ [PLACE]: pointer(path) }}
    >
      <legend className="sr-only">Window {index + 1}</legend>
      <div className="flex items-start justify-between gap-2">
        <div className="flex flex-wrap gap-x-4 gap-y-2">
          {DAYS.map((day) => (
            <div key={day} className="flex items-center gap-1.5">
              <Checkbox
                id={`${id}-${day}`}
                checked={days.includes(day)}
                disabled={editor.locked}
                onCheckedChange={(checked) => toggle(day, checked === true)}
              />
              <Label htmlFor={`${id}-${day}`} className="font-normal">
                {DAY_WORDS[day]}
              </Label>
            </div>
          ))}
        </div>
        <ElementActions list={WINDOWS} index={index} count={count} name={`window ${index + 1}`} />
      </div>
      <PartErrors path={[...path, "days"]} />
      <PartErrors path={path} />
      <div className="grid max-w-xs grid-cols-2 items-start gap-3">
        <TextField path={[...path, "from"]} label="From" />
        <TextField path={[...path, "to"]} label="To (at most 24:00)" />
      </div>
    </fieldset>
  );
}

"use client";

import { type ReactNode, useId } from "react";
import { type FormState, fieldError } from "@/components/layout/form-status";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { instantOf, wallTime } from "@/lib/domain/incident/calendar";

type Wall = {
  readonly label: string;
  readonly name: string;
  /** YYYY-MM-DDTHH:MM in the zone; empty: none */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly zone: string;
  readonly state: FormState;
  readonly required?: boolean;
  readonly hint?: string;
};

/** A day and time on the reader's own wall. */
export function WallTimeField({ label, name, value, onChange, zone, state, required, hint }: Wall) {
  return (
    <Field
      label={label}
      hint={[hint, `Time in ${zone}.`].filter(Boolean).join(" ")}
      error={fieldError(state, name)}
      required={required ?? false}
    >
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** An instant as such a field shows it. */
export function toWall(iso: string | null, zone: string): string {
  return iso === null ? "" : wallTime(Date.parse(iso), zone);
}

/** What such a field holds, as an instant; null where it is empty. */
export function fromWall(wall: string, zone: string): string | null {
  const at = instantOf(wall, zone);
  return at === null ? null : new Date(at).toISOString();
}

/** A statement that is true or not, with what it means. */
export function Tick({
  label,
  hint,
  checked,
  onChange,
}: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
      <Checkbox
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5"
      />
      <Label htmlFor={id} className="leading-5 font-normal">
        {label}
      </Label>
      {hint ? (
        <p id={`${id}-hint`} className="col-start-2 text-[13px] text-muted-foreground">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** A figure that may not be known yet: an empty field is `null`. */
export function FigureField({
  label,
  value,
  onChange,
  max,
  whole = false,
  error,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly max: number;
  readonly whole?: boolean;
  readonly error?: string | undefined;
}) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          type="number"
          min={0}
          max={max}
          step={whole ? 1 : "any"}
          inputMode="decimal"
          placeholder="not known yet"
          value={value ?? ""}
          onChange={(event) =>
            onChange(event.target.value === "" ? null : Number(event.target.value))
          }
        />
      )}
    </Field>
  );
}

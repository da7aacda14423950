import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Label } from "@/components/ui/label";
import { cn } from "@/lib/utils";

/** What a control inside a `Field` must spread, so that its label, hint and error belong to it. */
type FieldControl = {
  readonly id: string;
  readonly required: boolean;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};

type FieldProps = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
};

/** Label, control, hint and error as one: `<Field label="Name">{(control) => <Input name="name" {...control} />}</Field>`. */
export function Field({ label, hint, error, required = false, className, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={cn("grid gap-1.5", className)}>
      <Label htmlFor={id}>
        {label}
        {required ? null : (
          <span className="ml-1 font-normal text-muted-foreground">(optional)</span>
        )}
      </Label>
      {children({
        id,
        required,
        "aria-describedby": describedBy,
        "aria-invalid": error ? true : undefined,
      })}
      {hint ? (
        <p id={hintId} className="text-[13px] text-muted-foreground">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={errorId} className="flex items-start gap-1.5 text-[13px] text-destructive">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          <span className="inline-block first-letter:uppercase">{error}</span>
        </p>
      ) : null}
    </div>
  );
}

/** A group of controls under one question (radio buttons, checkboxes). */
export function FieldSet({
  legend,
  hint,
  error,
  className,
  children,
}: Omit<FieldProps, "label" | "children" | "required"> & {
  readonly legend: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset
      className={cn("grid gap-2", className)}
      aria-describedby={
        [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].join(" ").trim() || undefined
      }
    >
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="text-[13px] text-muted-foreground">
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-[13px] text-destructive">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          <span className="inline-block first-letter:uppercase">{error}</span>
        </p>
      ) : null}
    </fieldset>
  );
}

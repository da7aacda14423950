import { type FormState, fieldError } from "@/components/layout/form-status";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { REASON_MAX, REASON_MIN } from "@/lib/domain/review/reason-in-words";

/** Why, in words. */
export function ReasonField({
  label,
  value,
  onChange,
  state,
  name = "reason",
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly state: FormState;
  readonly name?: string;
}) {
  return (
    <Field
      label={label}
      hint="In words that another person can test; recorded in the ledger."
      error={fieldError(state, name)}
      required
    >
      {(control) => (
        <Textarea
          {...control}
          rows={3}
          minLength={REASON_MIN}
          maxLength={REASON_MAX}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

import { type FormState, fieldError } from "@/components/layout/form-status";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PASSWORD_MAX, PASSWORD_MIN } from "@/lib/domain/identity/password";

/** A new password, twice. The hidden address tells a password manager whose it is. */
export function PasswordFields({
  state,
  email,
}: {
  readonly state: FormState;
  readonly email: string;
}) {
  return (
    <>
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field
        label="New password"
        hint={`At least ${PASSWORD_MIN} characters. A sentence that only you know is good; a name is not.`}
        error={fieldError(state, "password")}
        required
      >
        {(control) => (
          <Input
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_MIN}
            maxLength={PASSWORD_MAX}
            {...control}
          />
        )}
      </Field>
      <Field label="New password again" error={fieldError(state, "repeated")} required>
        {(control) => (
          <Input
            name="repeated"
            type="password"
            autoComplete="new-password"
            maxLength={PASSWORD_MAX}
            {...control}
          />
        )}
      </Field>
    </>
  );
}

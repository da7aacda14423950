"use client";

import { Fingerprint } from "lucide-react";
import Link from "next/link";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { ResolutionChoices } from "@/components/review/resolution-choices";
import { type DecisionActions, useDecision } from "@/components/review/use-decision";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import { REASON_MAX, REASON_MIN } from "@/lib/domain/review/reason-in-words";
import type { OptionView, ReviewView } from "@/lib/domain/review/view";

/** What the person can do, each choice saying what it does; a reason; and, where it is asked for, proof that it is them. */
export function DecidePanel({
  review,
  actions,
}: {
  readonly review: ReviewView;
  readonly actions: DecisionActions;
}) {
  const [choice, setChoice] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [password, setPassword] = useState("");
  const { state, pending, send } = useDecision(actions);
  const chosen = review.options.find(({ resolution }) => resolution === choice);
  const asks = chosen !== undefined && chosen.assurance !== "session";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (choice === null || pending) return;
    const sent = { reviewId: review.id, reason, seen: review.seen };
    if (!asks) return send(choice, sent, { by: "session" });
    const proving =
      password === "" ? ({ by: "passkey" } as const) : { by: "password" as const, password };
    send(choice, sent, proving);
    setPassword("");
  };

  return (
    <form method="post" className="grid gap-4" onSubmit={submit} onKeyDown={submitOnControlEnter}>
      <ResolutionChoices review={review} value={choice} onChange={setChoice} />
      <Field
        label="Your reason, in words"
        hint="So that another person can test it. Recorded in the ledger for good, under your name."
        error={fieldError(state, "reason")}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            name="reason"
            rows={3}
            minLength={REASON_MIN}
            maxLength={REASON_MAX}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {asks ? (
        <Identity
          option={chosen}
          hasPasskey={review.hasPasskey}
          password={password}
          onPassword={setPassword}
          error={fieldError(state, "password")}
        />
      ) : null}
      <FormStatus state={state} shown={["reason", "password"]} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SubmitButton
          pending={pending}
          disabled={choice === null || (asks && !canProve(chosen, review.hasPasskey, password))}
          variant={choice === "stop" ? "destructive" : "default"}
        >
          {asks && password === "" && review.hasPasskey ? <Fingerprint aria-hidden /> : null}
          {buttonWords(choice, chosen, { passkey: asks && password === "" && review.hasPasskey })}
        </SubmitButton>
        <span className="hidden items-center gap-1 text-[13px] text-muted-foreground sm:flex">
          <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
        </span>
      </div>
    </form>
  );
}

function submitOnControlEnter(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

function canProve(option: OptionView | undefined, hasPasskey: boolean, password: string): boolean {
  return hasPasskey || (option?.passwordAllowed === true && password !== "");
}

function buttonWords(
  choice: string | null,
  chosen: OptionView | undefined,
  { passkey }: { readonly passkey: boolean },
): string {
  if (choice === "escalate") return "Escalate to compliance";
  if (chosen === undefined) return "Choose what to do";
  return passkey ? `${chosen.label} with your passkey` : chosen.label;
}

function Identity({
  option,
  hasPasskey,
  password,
  onPassword,
  error,
}: {
  readonly option: OptionView;
  readonly hasPasskey: boolean;
  readonly password: string;
  readonly onPassword: (password: string) => void;
  readonly error: string | undefined;
}) {
  const id = useId();
  if (!option.passwordAllowed) {
    return hasPasskey ? (
      <p className="text-[13px] text-muted-foreground">
        At this tier your passkey signs exactly this request.
      </p>
    ) : (
      <Alert tone="hold">
        <AlertTitle>You have no passkey</AlertTitle>
        <AlertDescription>
          At this tier it takes one to let a request through.{" "}
          <Link href="/settings" className="link">
            Add a passkey in your settings
          </Link>
          , then come back. You can still refuse or stop.
        </AlertDescription>
      </Alert>
    );
  }
  return (
    <Field
      label="Your password"
      hint={
        hasPasskey
          ? "Leave it empty to confirm with your passkey, which is stronger evidence."
          : "Again, because this lets a request through. The ledger says that a password was used."
      }
      error={error}
      required={!hasPasskey}
    >
      {(control) => (
        <Input
          {...control}
          key={id}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => onPassword(event.target.value)}
        />
      )}
    </Field>
  );
}

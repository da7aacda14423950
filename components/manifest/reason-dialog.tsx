"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useActionState, useState } from "react";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import type { ButtonProps } from "@/components/ui/button";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

type ReasonDialogProps = {
  readonly trigger: ReactNode;
  readonly variant: NonNullable<ButtonProps["variant"]>;
  readonly title: string;
  /** what will happen, before it happens */
  readonly description: ReactNode;
  readonly confirm: string;
  /** asked for where the act needs a reason in words (10 to 2000 characters) */
  readonly reason?: { readonly label: string; readonly hint: string };
  readonly act: (reason: string) => Promise<FormState>;
};

/** An act that someone answers for: says what it does, asks why where that is recorded, and only then does it. */
export function ReasonDialog(props: ReasonDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button variant={props.variant}>{props.trigger}</Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <ReasonForm {...props} onDone={() => setOpen(false)} />
      </AlertDialogContent>
    </AlertDialog>
  );
}

function ReasonForm({
  variant,
  title,
  description,
  confirm,
  reason,
  act,
  onDone,
}: ReasonDialogProps & { readonly onDone: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const [state, submit, pending] = useActionState<FormState>(
    async () => {
      const outcome = await act(text.trim()).catch(
        (): FormState => ({ status: "error", message: "the server could not be reached" }),
      );
      if (outcome.status === "ok") {
        onDone();
        router.refresh();
      }
      return outcome;
    },
    { status: "idle" },
  );
  return (
    <form action={submit} className="grid gap-4">
      <AlertDialogHeader>
        <AlertDialogTitle>{title}</AlertDialogTitle>
        <AlertDialogDescription asChild>
          <div className="grid gap-2">{description}</div>
        </AlertDialogDescription>
      </AlertDialogHeader>
      {reason ? (
        <Field label={reason.label} hint={reason.hint} required error={fieldError(state, "reason")}>
          {(control) => (
            <Textarea
              {...control}
              name="reason"
              minLength={10}
              maxLength={2000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <FormStatus state={state} shown={["reason"]} />
      <AlertDialogFooter>
        <AlertDialogCancel disabled={pending}>Cancel</AlertDialogCancel>
        <SubmitButton
          variant={variant === "destructive" ? "destructive" : "default"}
          pending={pending}
        >
          {confirm}
        </SubmitButton>
      </AlertDialogFooter>
    </form>
  );
}

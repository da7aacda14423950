"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { type FormState, FormStatus } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import type { ButtonProps } from "@/components/ui/button";

/** A form around one recorded act: what was typed stays when it is refused, and the page is read again when it is done. */
export function ActForm({
  act,
  confirm,
  variant = "default",
  shown = [],
  disabled = false,
  done,
  children,
}: {
  readonly act: () => Promise<FormState>;
  /** the words on the button */
  readonly confirm: ReactNode;
  readonly variant?: NonNullable<ButtonProps["variant"]>;
  /** fields that show their own problems */
  readonly shown?: readonly string[];
  readonly disabled?: boolean;
  readonly done?: () => void;
  /** gets the state, for the problems of its fields */
  readonly children: (state: FormState) => ReactNode;
}) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        run(act, (answer) => {
          toast.success(answer.message ?? "Recorded in the ledger");
          done?.();
          router.refresh();
        });
      }}
    >
      {children(state)}
      {state.status === "error" ? <FormStatus state={state} shown={shown} /> : null}
      <SubmitButton pending={pending} variant={variant} disabled={disabled} className="w-fit">
        {confirm}
      </SubmitButton>
    </form>
  );
}

"use client";

import { type ReactNode, useState } from "react";
import { type FormState, FormStatus } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
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

/**
 * Asks before an act: `description` says what will happen. Closes itself when the act succeeded, and says why when it did
 * not. Give either a `trigger`, or `open` and `onOpenChange`.
 */
export function ConfirmDialog({
  trigger,
  title,
  description,
  confirm,
  destructive = false,
  act,
  open,
  onOpenChange,
}: {
  readonly trigger?: ReactNode;
  readonly title: string;
  readonly description: ReactNode;
  /** the words on the button that does it */
  readonly confirm: string;
  readonly destructive?: boolean;
  readonly act: () => Promise<FormState>;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  const [ownOpen, setOwnOpen] = useState(false);
  const { state, pending, run, reset } = useAct();
  const setOpen = (next: boolean) => {
    if (next) reset();
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  return (
    <AlertDialog open={open ?? ownOpen} onOpenChange={setOpen}>
      {trigger ? <AlertDialogTrigger asChild>{trigger}</AlertDialogTrigger> : null}
      <AlertDialogContent>
        <form
          method="post"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            run(act, () => setOpen(false));
          }}
        >
          <AlertDialogHeader>
            <AlertDialogTitle>{title}</AlertDialogTitle>
            <AlertDialogDescription asChild>
              <div className="grid gap-2">{description}</div>
            </AlertDialogDescription>
          </AlertDialogHeader>
          <FormStatus state={state} />
          <AlertDialogFooter>
            <AlertDialogCancel disabled={pending}>Cancel</AlertDialogCancel>
            <SubmitButton variant={destructive ? "destructive" : "default"} pending={pending}>
              {confirm}
            </SubmitButton>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}

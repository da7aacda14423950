"use client";

import { LoaderCircle } from "lucide-react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";

/** Submits its form once: waits visibly while the answer is under way. `pending` overrides what the form says. */
export function SubmitButton({
  children,
  pending,
  disabled,
  ...props
}: Omit<ButtonProps, "type" | "asChild"> & { readonly pending?: boolean }) {
  const form = useFormStatus();
  const busy = pending ?? form.pending;
  return (
    <Button type="submit" disabled={disabled === true || busy} aria-busy={busy} {...props}>
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </Button>
  );
}

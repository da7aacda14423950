"use client";

import { MessageSquareText } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { FactorView } from "@/lib/domain/behaviour/view";
import { formatCount, formatNumber } from "@/lib/format";

type Props = {
  readonly agentId: string;
  readonly factor: Pick<FactorView, "signal" | "label" | "value" | "points" | "explained">;
  readonly explain: (input: unknown) => Promise<FormState>;
};

const DAYS = [1, 3, 7, 14, 30] as const;
const FIRST_DAYS = 7;

/** A sponsor says that a factor is in order up to the level that they see, for some days. */
export function ExplainDialog(props: Props) {
  const [open, setOpen] = useState(false);
  const { label, points, explained } = props.factor;
  const words = explained ? "Explain again" : "Mark as explained";
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="outline" size="sm" aria-label={`${words}: ${label}`}>
          <MessageSquareText aria-hidden />
          {words}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Explain: {label.toLowerCase()}</DialogTitle>
          <DialogDescription>
            You say that this is in order as far as it goes now: {formatNumber(points, 1)} points.
            What goes beyond it still counts. Both figures stay on this page and in the ledger.
          </DialogDescription>
        </DialogHeader>
        <ExplainForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ExplainForm({
  agentId,
  factor: { signal, value },
  explain,
  onDone,
}: Props & { readonly onDone: () => void }) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  // What the person saw when they opened this: the page below may move on meanwhile.
  const [level] = useState(value);
  const [days, setDays] = useState<number>(FIRST_DAYS);
  const [reason, setReason] = useState("");
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        run(
          () => explain({ agentId, signal, level, days, reason }),
          () => {
            onDone();
            router.refresh();
          },
        );
      }}
    >
      <FormStatus state={state} shown={["reason", "days"]} />
      <Field
        label="Reason"
        hint="In words that another person can test; recorded in the ledger."
        error={fieldError(state, "reason")}
        required
      >
        {(control) => (
          <Textarea
            rows={4}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            {...control}
          />
        )}
      </Field>
      <Field
        label="For"
        hint="Then it counts again, whatever came of it."
        error={fieldError(state, "days")}
        required
      >
        {(control) => (
          <Select
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
            {...control}
          >
            {DAYS.map((count) => (
              <option key={count} value={count}>
                {formatCount(count, "day")}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <DialogFooter>
        <SubmitButton pending={pending}>Explain</SubmitButton>
      </DialogFooter>
    </form>
  );
}

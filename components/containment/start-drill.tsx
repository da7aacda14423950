"use client";

import { useState } from "react";
import { CONTAINMENT_WORDS } from "@/components/agent/badges";
import { ActForm } from "@/components/incident/act-form";
import type { FormState } from "@/components/layout/form-status";
import { ReasonField } from "@/components/layout/reason-field";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { CONTAINMENT_LEVELS, type ContainmentLevel } from "@/lib/domain/containment/level";

/** Begins a drill of one agent. */
export function StartDrill({
  agentId,
  name,
  start,
}: {
  readonly agentId: string;
  readonly name: string;
  readonly start: (input: unknown) => Promise<FormState>;
}) {
  const [open, setOpen] = useState(false);
  const [level, setLevel] = useState<ContainmentLevel>("stopped");
  const [reason, setReason] = useState("");
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="outline" size="sm">
          Begin a drill
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Rehearse a containment of {name}</DialogTitle>
          <DialogDescription>
            Nothing is contained. Sponsor, deputy, owner and, from tier high on, compliance are told
            as if it were, and asked to say that they have seen it.
          </DialogDescription>
        </DialogHeader>
        <ActForm
          act={() => start({ agentId, level, reason })}
          confirm="Begin the drill"
          shown={["reason"]}
          done={() => setOpen(false)}
        >
          {(state) => (
            <>
              <Field label="Level to rehearse" required>
                {(control) => (
                  <Select
                    {...control}
                    value={level}
                    onChange={(event) =>
                      setLevel(
                        CONTAINMENT_LEVELS.find((one) => one === event.target.value) ?? level,
                      )
                    }
                  >
                    {CONTAINMENT_LEVELS.toReversed().map((one) => (
                      <option key={one} value={one}>
                        {CONTAINMENT_WORDS[one]}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <ReasonField
                label="Why it is rehearsed now"
                value={reason}
                onChange={setReason}
                state={state}
              />
            </>
          )}
        </ActForm>
      </DialogContent>
    </Dialog>
  );
}

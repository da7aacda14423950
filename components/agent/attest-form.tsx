"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { toast } from "sonner";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import type { AgentView } from "@/lib/domain/agent/view";

/** An administrator answers for facts that nothing here can measure. Mount it anew when the agent's version changes. */
export function AttestForm({
  agent,
  attest,
}: {
  readonly agent: Pick<AgentView, "id" | "version" | "dedicatedCredentials" | "loggingEnabled">;
  readonly attest: (input: unknown) => Promise<FormState>;
}) {
  const router = useRouter();
  const id = useId();
  const { state, pending, run } = useAct();
  const [dedicatedCredentials, setDedicated] = useState(agent.dedicatedCredentials);
  const [loggingEnabled, setLogging] = useState(agent.loggingEnabled);
  const [reason, setReason] = useState("");
  const facts = [
    {
      name: "credentials",
      label: "It uses credentials that nobody else uses",
      value: dedicatedCredentials,
      set: setDedicated,
    },
    {
      name: "logs",
      label: "Its own logs are on and kept",
      value: loggingEnabled,
      set: setLogging,
    },
  ];
  return (
    <Card>
      <CardHeader>
        <CardTitle>Attested facts</CardTitle>
        <CardDescription>
          Level 1 of maturity rests on them. Your name and your words go into the ledger.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <form
          method="post"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            run(
              () =>
                attest({
                  agentId: agent.id,
                  version: agent.version,
                  dedicatedCredentials,
                  loggingEnabled,
                  reason,
                }),
              () => {
                toast.success("The attestation is recorded.");
                router.refresh();
              },
            );
          }}
        >
          {state.status === "error" ? <FormStatus state={state} shown={["reason"]} /> : null}
          {facts.map(({ name, label, value, set }) => (
            <div key={name} className="flex items-center gap-2">
              <Checkbox
                id={`${id}-${name}`}
                checked={value}
                onCheckedChange={(next) => set(next === true)}
              />
              <Label htmlFor={`${id}-${name}`}>{label}</Label>
            </div>
          ))}
          <Field
            label="How you know"
            hint="For instance where it was seen, and when."
            error={fieldError(state, "reason")}
            required
          >
            {(control) => (
              <Textarea
                rows={2}
                minLength={10}
                maxLength={2000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                {...control}
              />
            )}
          </Field>
          <div>
            <SubmitButton pending={pending} variant="outline">
              Attest
            </SubmitButton>
          </div>
        </form>
      </CardContent>
    </Card>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { fromWall, WallTimeField } from "@/components/incident/fields";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { Named } from "@/lib/domain/ledger/view";
import type { ActionState } from "@/lib/server/action";

/** Opens an incident. From a containment, its agent and time are given and can't be changed here. */
export function OpenForm({
  agents,
  preset,
  zone,
  open,
}: {
  readonly agents: readonly Named[];
  readonly preset: {
    readonly title: string;
    readonly agentId: string;
    readonly containmentId: string | null;
    /** YYYY-MM-DDTHH:MM in the zone */
    readonly detected: string;
  };
  readonly zone: string;
  readonly open: (input: unknown) => Promise<ActionState<{ readonly incidentId: string }>>;
}) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  const [title, setTitle] = useState(preset.title);
  const [summary, setSummary] = useState("");
  const [agentId, setAgentId] = useState(preset.agentId);
  const [detected, setDetected] = useState(preset.detected);
  const { containmentId } = preset;
  const shown = ["title", "summary", "agentId", "detectedAt"];
  return (
    <form
      method="post"
      className="grid max-w-2xl gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const detectedAt = fromWall(detected, zone);
        const input = { title, summary, agentId: agentId || null, containmentId, detectedAt };
        run(
          () => open(input),
          ({ value }) => router.push(`/incidents/${value.incidentId}`),
        );
      }}
    >
      <FormStatus state={state} shown={shown} />
      <TitleAndSummary
        title={title}
        onTitle={setTitle}
        summary={summary}
        onSummary={setSummary}
        state={state}
      />
      {containmentId === null ? (
        <>
          <Field label="Agent" error={fieldError(state, "agentId")}>
            {(control) => (
              <Select
                {...control}
                value={agentId}
                onChange={(event) => setAgentId(event.target.value)}
              >
                <option value="">None in particular</option>
                {agents.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <WallTimeField
            label="Detected"
            name="detectedAt"
            value={detected}
            onChange={setDetected}
            zone={zone}
            state={state}
            required
          />
        </>
      ) : null}
      <SubmitButton pending={pending} className="w-fit">
        Open the incident
      </SubmitButton>
    </form>
  );
}

function TitleAndSummary({
  title,
  onTitle,
  summary,
  onSummary,
  state,
}: {
  readonly title: string;
  readonly onTitle: (title: string) => void;
  readonly summary: string;
  readonly onSummary: (summary: string) => void;
  readonly state: FormState;
}) {
  return (
    <>
      <Field label="Title" error={fieldError(state, "title")} required>
        {(control) => (
          <Input
            {...control}
            value={title}
            minLength={5}
            maxLength={160}
            onChange={(event) => onTitle(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="What is known so far"
        hint="No client data and no secrets: this is read by many, and recorded in the ledger."
        error={fieldError(state, "summary")}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            minLength={10}
            maxLength={4000}
            value={summary}
            onChange={(event) => onSummary(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}

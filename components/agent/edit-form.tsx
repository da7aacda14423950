"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import {
  type AgentDraft,
  AgentFields,
  shownFields,
  toInput,
} from "@/components/agent/agent-fields";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { classifySoFar } from "@/lib/domain/agent/classification";
import { compareTier } from "@/lib/domain/agent/tier";
import type { AgentView, Named } from "@/lib/domain/agent/view";

type EditFormProps = {
  readonly agent: AgentView;
  readonly owners: readonly Named[];
  readonly legalEntities: readonly Named[];
  readonly admin: boolean;
  readonly edit: (input: unknown) => Promise<FormState>;
};

/** Changes what is said about an agent, answers included. Mount it anew when the agent's version changes. */
export function EditForm({ agent, owners, legalEntities, admin, edit }: EditFormProps) {
  const router = useRouter();
  const { state, pending, run } = useAct();
  const [draft, setDraft] = useState<AgentDraft>(() => draftOf(agent));
  const [reason, setReason] = useState("");
  const lowers = compareTier(classifySoFar(draft.classification).tier, agent.tier) < 0;
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const why = reason.trim() === "" ? {} : { reason };
        run(
          () => edit({ ...toInput(draft), agentId: agent.id, version: agent.version, ...why }),
          () => {
            // The form is mounted anew with what was saved, so the news stands outside of it.
            toast.success("The changes are saved.");
            router.refresh();
          },
        );
      }}
    >
      {state.status === "error" ? (
        <FormStatus state={state} shown={[...shownFields(state), "reason"]} />
      ) : null}
      <AgentFields
        draft={draft}
        onChange={setDraft}
        state={state}
        owners={withCurrent(owners, agent.owner)}
        legalEntities={withCurrent(legalEntities, agent.legalEntity)}
        admin={admin}
      />
      <Field
        label="Reason"
        hint={
          lowers
            ? "These answers lower the risk tier. Only an administrator does that, and says why."
            : "Recorded in the ledger with the change."
        }
        error={fieldError(state, "reason")}
        required={lowers}
      >
        {(control) => (
          <Textarea
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            {...control}
          />
        )}
      </Field>
      <div>
        <SubmitButton pending={pending}>Save the changes</SubmitButton>
      </div>
    </form>
  );
}

function draftOf(agent: AgentView): AgentDraft {
  return {
    name: agent.name,
    description: agent.description,
    kind: agent.kind,
    ownerId: agent.owner.id,
    legalEntityId: agent.legalEntity.id,
    resources: agent.resources.join("\n"),
    classification: agent.classification ?? {},
  };
}

/** The present one stays in the list, also where nobody could choose them today. */
function withCurrent(options: readonly Named[], current: Named): readonly Named[] {
  return options.some(({ id }) => id === current.id) ? options : [current, ...options];
}

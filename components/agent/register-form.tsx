"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AgentFields, EMPTY_DRAFT, shownFields, toInput } from "@/components/agent/agent-fields";
import { KeyField } from "@/components/agent/key-field";
import { keyProblem } from "@/components/agent/key-problem";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { useAct } from "@/components/layout/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { Named } from "@/lib/domain/agent/view";

type Registered = FormState &
  (
    | { readonly status: "ok"; readonly value: { readonly agentId: string } }
    | { readonly status: "idle" | "error" }
  );

/** Registers an agent and goes to its page. */
export function RegisterForm({
  owners,
  legalEntities,
  register,
}: {
  readonly owners: readonly Named[];
  readonly legalEntities: readonly Named[];
  readonly register: (input: unknown) => Promise<Registered>;
}) {
  const router = useRouter();
  const { state, pending, run, setState } = useAct();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [publicJwk, setPublicJwk] = useState("");
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const problem = keyProblem(publicJwk);
        if (problem) return setState(problem);
        run(
          () => register({ ...toInput(draft), publicJwk }),
          ({ value }) => router.push(`/agents/${value.agentId}`),
        );
      }}
    >
      <FormStatus state={state} shown={[...shownFields(state), "publicJwk"]} />
      <AgentFields
        draft={draft}
        onChange={setDraft}
        state={state}
        owners={owners}
        legalEntities={legalEntities}
        admin
      />
      <Card>
        <CardHeader>
          <CardTitle>Key</CardTitle>
          <CardDescription>
            Can wait until the agent is built; without one it can’t go into production.
          </CardDescription>
        </CardHeader>
        <CardContent>
          <KeyField
            value={publicJwk}
            onChange={setPublicJwk}
            error={fieldError(state, "publicJwk")}
            required={false}
          />
        </CardContent>
      </Card>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending}>Register the agent</SubmitButton>
        <Button variant="ghost" asChild>
          <Link href="/agents">Cancel</Link>
        </Button>
        <p className="text-[13px] text-muted-foreground">
          Registering gives no authority: that takes a sponsor and an approved manifest.
        </p>
      </div>
    </form>
  );
}

"use client";

import Link from "next/link";
import { useActionState, useId } from "react";
import { FormStatus } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { Time } from "@/components/layout/time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardFooter } from "@/components/ui/card";
import { FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { AgentManifestRow } from "@/lib/domain/agent/view";
import type { ActionState } from "@/lib/server/action";
import { StateBadge } from "./state-badge";

/** Where a new draft starts: the version in force where there is one, any other version, or the template. */
export function NewDraftForm({
  agent,
  versions,
  inForceId,
  preferred,
  obstacle,
  action,
}: {
  readonly agent: { readonly id: string; readonly name: string };
  readonly versions: readonly AgentManifestRow[];
  readonly inForceId: string | null;
  /** a version that the person came from */
  readonly preferred: string | null;
  /** why the reader can't start one */
  readonly obstacle: string | null;
  readonly action: (state: ActionState, form: FormData) => Promise<ActionState>;
}) {
  const id = useId();
  const [state, submit] = useActionState(action, { status: "idle" });
  if (obstacle !== null) {
    return (
      <Alert tone="neutral" className="max-w-2xl">
        <AlertTitle>You can't start a manifest here</AlertTitle>
        <AlertDescription>
          {obstacle}{" "}
          <Link className="link" href={`/agents/${agent.id}`}>
            Back to {agent.name}
          </Link>
        </AlertDescription>
      </Alert>
    );
  }
  const drafts = versions.filter(({ state: at }) => at === "draft" || at === "returned");
  const known = versions.some((version) => version.id === preferred);
  return (
    <form action={submit} className="grid max-w-2xl gap-4">
      <input type="hidden" name="agentId" value={agent.id} />
      {drafts.length > 0 ? (
        <Alert tone="info">
          <AlertTitle>There is a draft already</AlertTitle>
          <AlertDescription>
            {drafts.map((draft) => (
              <Link key={draft.id} className="link mr-3" href={`/manifests/${draft.id}/edit`}>
                Go on with version {draft.version}
              </Link>
            ))}
          </AlertDescription>
        </Alert>
      ) : null}
      <Card>
        <CardContent>
          <FieldSet legend={`Start the next version of ${agent.name} from`}>
            <RadioGroup
              name="from"
              aria-label="Start from"
              defaultValue={(known ? preferred : null) ?? inForceId ?? "template"}
            >
              {versions.map((version) => (
                <Choice key={version.id} id={`${id}-${version.id}`} value={version.id}>
                  <span className="flex flex-wrap items-center gap-2">
                    Version {version.version}
                    <StateBadge state={version.state} inForce={version.id === inForceId} />
                  </span>
                  <span className="block text-[13px] text-muted-foreground">
                    {version.goal} · <Time iso={version.updatedAt} style="date" />
                  </span>
                </Choice>
              ))}
              <Choice id={`${id}-template`} value="template">
                The template
                <span className="block text-[13px] text-muted-foreground">
                  One task, one never-rule, modest limits: wording to be replaced.
                </span>
              </Choice>
            </RadioGroup>
          </FieldSet>
          <FormStatus state={state} className="mt-4" />
        </CardContent>
        <CardFooter>
          <SubmitButton>Start the draft</SubmitButton>
          <Button asChild variant="ghost">
            <Link href={`/agents/${agent.id}`}>Cancel</Link>
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

function Choice({
  id,
  value,
  children,
}: {
  readonly id: string;
  readonly value: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div className="flex items-start gap-2.5">
      <RadioGroupItem id={id} value={value} />
      <Label htmlFor={id} className="font-normal">
        {children}
      </Label>
    </div>
  );
}

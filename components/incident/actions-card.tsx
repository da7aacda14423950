"use client";

import { useState } from "react";
import { ActForm } from "@/components/incident/act-form";
import type { FormState } from "@/components/layout/form-status";
import { fieldError } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { ReasonDialog } from "@/components/manifest/reason-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ActionView } from "@/lib/domain/incident/view";
import type { Named } from "@/lib/domain/ledger/view";

export type ActionActs = {
  readonly owners: readonly Named[];
  readonly add: (input: unknown) => Promise<FormState>;
  readonly complete: (input: unknown) => Promise<FormState>;
};

/** What is to be done so that it does not happen again, by whom and until when. `acts` is null for who may not change it. */
export function ActionsCard({
  incidentId,
  actions,
  acts,
}: {
  readonly incidentId: string;
  readonly actions: readonly ActionView[];
  readonly acts: ActionActs | null;
}) {
  const [adding, setAdding] = useState(false);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Actions</CardTitle>
        {acts ? (
          <CardAction>
            <Button variant="outline" size="sm" onClick={() => setAdding(!adding)}>
              {adding ? "Cancel" : "Add"}
            </Button>
          </CardAction>
        ) : null}
      </CardHeader>
      <CardContent className="grid gap-4 text-sm">
        {adding && acts ? (
          <AddForm incidentId={incidentId} acts={acts} done={() => setAdding(false)} />
        ) : null}
        {actions.length === 0 ? (
          <p className="text-muted-foreground">No action yet.</p>
        ) : (
          <ul className="grid gap-3">
            {actions.map((action) => (
              <ActionItem key={action.id} action={action} acts={acts} />
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

function ActionItem({
  action,
  acts,
}: {
  readonly action: ActionView;
  readonly acts: ActionActs | null;
}) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-l-2 pl-3">
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
        <p className="whitespace-pre-line wrap-anywhere">{action.what}</p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-muted-foreground">
          <span>{action.owner.name}</span>
          <span>
            due <Time iso={action.dueAt} style="date" zone="UTC" />
          </span>
          <ActionBadge action={action} />
        </p>
      </div>
      {acts && action.doneAt === null ? (
        <ReasonDialog
          trigger="Done"
          variant="outline"
          title="Is this action done?"
          description={<p className="wrap-anywhere">{action.what}</p>}
          confirm="Record it as done"
          reason={{ label: "How that was seen", hint: "Recorded in the ledger." }}
          act={(reason) => acts.complete({ actionId: action.id, reason })}
        />
      ) : null}
    </li>
  );
}

function ActionBadge({ action }: { readonly action: ActionView }) {
  if (action.doneAt !== null) {
    return (
      <Badge tone="allow">
        Done <Time iso={action.doneAt} style="date" />
      </Badge>
    );
  }
  return action.overdue ? <Badge tone="block">Overdue</Badge> : <Badge tone="hold">Open</Badge>;
}

function AddForm({
  incidentId,
  acts,
  done,
}: {
  readonly incidentId: string;
  readonly acts: ActionActs;
  readonly done: () => void;
}) {
  const [what, setWhat] = useState("");
  const [ownerId, setOwnerId] = useState("");
  const [due, setDue] = useState("");
  return (
    <ActForm
      act={() => acts.add({ incidentId, what, ownerId, due })}
      confirm="Add the action"
      shown={["what", "ownerId", "due"]}
      done={done}
    >
      {(state) => (
        <>
          <Field label="What is to be done" error={fieldError(state, "what")} required>
            {(control) => (
              <Input
                {...control}
                minLength={5}
                maxLength={1000}
                value={what}
                onChange={(event) => setWhat(event.target.value)}
              />
            )}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="By whom" error={fieldError(state, "ownerId")} required>
              {(control) => (
                <Select
                  {...control}
                  value={ownerId}
                  onChange={(event) => setOwnerId(event.target.value)}
                >
                  <option value="">Choose a person</option>
                  {acts.owners.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label="Until" error={fieldError(state, "due")} required>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={due}
                  onChange={(event) => setDue(event.target.value)}
                />
              )}
            </Field>
          </div>
        </>
      )}
    </ActForm>
  );
}

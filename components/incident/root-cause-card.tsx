"use client";

import { useState } from "react";
import { ActForm } from "@/components/incident/act-form";
import type { FormState } from "@/components/layout/form-status";
import { fieldError } from "@/components/layout/form-status";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ROOT_CAUSE_WORDS, ROOT_CAUSES, type RootCause } from "@/lib/domain/incident/root-cause";
import type { IncidentView } from "@/lib/domain/incident/view";

/** What it came from. `state` is null for who may not say so. */
export function RootCauseCard({
  incident,
  state,
}: {
  readonly incident: IncidentView;
  readonly state: ((input: unknown) => Promise<FormState>) | null;
}) {
  const { rootCause } = incident;
  const [editing, setEditing] = useState(false);
  const [cause, setCause] = useState<RootCause>(rootCause?.cause ?? "process-failure");
  const [words, setWords] = useState(rootCause?.words ?? "");
  return (
    <Card>
      <CardHeader>
        <CardTitle>Root cause</CardTitle>
        {state ? (
          <CardAction>
            <Button variant="outline" size="sm" onClick={() => setEditing(!editing)}>
              {editing ? "Cancel" : "State"}
            </Button>
          </CardAction>
        ) : null}
      </CardHeader>
      <CardContent className="grid gap-2 text-sm">
        {editing && state ? (
          <ActForm
            act={() => state({ incidentId: incident.id, version: incident.version, cause, words })}
            confirm="Record the root cause"
            shown={["words"]}
            done={() => setEditing(false)}
          >
            {(answer) => (
              <>
                <Field label="Kind (field 4.1 of ITS (EU) 2025/302)" required>
                  {(control) => (
                    <Select
                      {...control}
                      value={cause}
                      onChange={(event) =>
                        setCause(ROOT_CAUSES.find((one) => one === event.target.value) ?? cause)
                      }
                    >
                      {ROOT_CAUSES.map((one) => (
                        <option key={one} value={one}>
                          {ROOT_CAUSE_WORDS[one]}
                        </option>
                      ))}
                    </Select>
                  )}
                </Field>
                <Field label="In words" error={fieldError(answer, "words")} required>
                  {(control) => (
                    <Textarea
                      {...control}
                      rows={4}
                      minLength={10}
                      maxLength={4000}
                      value={words}
                      onChange={(event) => setWords(event.target.value)}
                    />
                  )}
                </Field>
              </>
            )}
          </ActForm>
        ) : null}
        {editing ? null : <Stated rootCause={rootCause} />}
      </CardContent>
    </Card>
  );
}

function Stated({ rootCause }: Pick<IncidentView, "rootCause">) {
  if (rootCause === null) return <p className="text-muted-foreground">Not stated yet.</p>;
  return (
    <>
      <p className="font-medium">{ROOT_CAUSE_WORDS[rootCause.cause]}</p>
      <p className="max-w-[72ch] whitespace-pre-line wrap-anywhere">{rootCause.words}</p>
    </>
  );
}

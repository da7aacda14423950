"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Tick } from "@/components/incident/fields";
import { ConfirmDialog } from "@/components/layout/confirm-dialog";
import type { FormState } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { IncidentView } from "@/lib/domain/incident/view";

const LESSONS_MIN = 20;

/** What is left, then the lessons, then a second step that says what closing means. `close` is null for who may not. */
export function CloseCard({
  incident,
  close,
}: {
  readonly incident: IncidentView;
  readonly close: ((input: unknown) => Promise<FormState>) | null;
}) {
  if (incident.state === "closed") return <Closed incident={incident} />;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Closure</CardTitle>
        <CardDescription>
          {incident.left.length === 0
            ? "Nothing is left to do before it can be closed."
            : "Left to do before it can be closed:"}
        </CardDescription>
      </CardHeader>
      {incident.left.length > 0 || close ? (
        <CardContent className="grid gap-4 text-sm">
          {incident.left.length > 0 ? (
            <ul className="list-disc pl-4">
              {incident.left.map((words) => (
                <li key={words}>{words.slice(0, 1).toUpperCase() + words.slice(1)}</li>
              ))}
            </ul>
          ) : null}
          {close && incident.left.length === 0 ? (
            <Lessons incident={incident} close={close} />
          ) : null}
        </CardContent>
      ) : null}
    </Card>
  );
}

function Lessons({
  incident,
  close,
}: {
  readonly incident: IncidentView;
  readonly close: (input: unknown) => Promise<FormState>;
}) {
  const router = useRouter();
  const [lessons, setLessons] = useState("");
  const [confirmed, setConfirmed] = useState(false);
  return (
    <>
      <Field
        label="Lessons"
        hint={`At least ${LESSONS_MIN} characters; recorded in the ledger.`}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            maxLength={4000}
            value={lessons}
            onChange={(event) => setLessons(event.target.value)}
          />
        )}
      </Field>
      <ConfirmDialog
        trigger={
          <Button className="w-fit" disabled={lessons.trim().length < LESSONS_MIN}>
            Close the incident…
          </Button>
        }
        title="Close the incident for good"
        description={
          <>
            <p>Nothing about it changes any more. What you have learnt is recorded:</p>
            <blockquote className="whitespace-pre-line wrap-anywhere text-foreground">
              “{lessons.trim()}”
            </blockquote>
            <Tick
              label="I have read the timeline and both assessments"
              checked={confirmed}
              onChange={setConfirmed}
            />
          </>
        }
        confirm="Close for good"
        act={async () => {
          const answer = await close({
            incidentId: incident.id,
            version: incident.version,
            lessons,
            confirmed,
          });
          if (answer.status === "ok") router.refresh();
          return answer;
        }}
      />
    </>
  );
}

function Closed({ incident }: { readonly incident: IncidentView }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Lessons</CardTitle>
        {incident.closedAt === null ? null : (
          <CardDescription>
            Closed by {incident.closedBy?.name ?? "nobody"}, <Time iso={incident.closedAt} />
          </CardDescription>
        )}
      </CardHeader>
      <CardContent className="text-sm">
        <p className="max-w-[72ch] whitespace-pre-line wrap-anywhere">{incident.lessons}</p>
      </CardContent>
    </Card>
  );
}

"use client";

import { useState } from "react";
import { ActForm } from "@/components/incident/act-form";
import { ResultBadge } from "@/components/incident/badges";
import { DoraQuestions } from "@/components/incident/dora-questions";
import type { FormState } from "@/components/layout/form-status";
import { ReasonField } from "@/components/layout/reason-field";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  assessDora,
  type DoraAssessment,
  DoraWorksheet,
  UNANSWERED,
} from "@/lib/domain/incident/dora";
import type { IncidentView } from "@/lib/domain/incident/view";

type Act = (input: unknown) => Promise<FormState>;
type Change = (change: Partial<DoraWorksheet>) => void;

/** The form as it was answered last, beside what follows from it while it is being answered. `act` null: to read only. */
export function DoraForm({
  incident,
  act,
}: {
  readonly incident: IncidentView;
  readonly act: Act | null;
}) {
  const [sheet, setSheet] = useState(incident.dora?.sheet ?? UNANSWERED);
  const [states, setStates] = useState(sheet.memberStates.join(" "));
  const [reason, setReason] = useState("");
  const set: Change = (change) => setSheet({ ...sheet, ...change });
  const parsed = DoraWorksheet.safeParse(sheet);
  const assessment = assessDora(parsed.success ? parsed.data : sheet);
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Card>
        <CardHeader>
          <CardTitle>Is it a major ICT-related incident?</CardTitle>
          <CardDescription>
            RTS (EU) 2024/1772. Estimates are allowed: not to know a figure is no reason to wait.
          </CardDescription>
        </CardHeader>
        <CardContent>
          {act === null ? (
            <fieldset disabled className="grid gap-5">
              <DoraQuestions
                sheet={sheet}
                set={set}
                state={{ status: "idle" }}
                states={states}
                onStates={setStates}
              />
            </fieldset>
          ) : (
            <ActForm
              act={() => act({ incidentId: incident.id, version: incident.version, sheet, reason })}
              confirm="Record the assessment"
              shown={["reason"]}
              done={() => setReason("")}
            >
              {(state) => (
                <>
                  <DoraQuestions
                    sheet={sheet}
                    set={set}
                    state={state}
                    states={states}
                    onStates={setStates}
                  />
                  <ReasonField
                    label="Why it is answered so"
                    value={reason}
                    onChange={setReason}
                    state={state}
                  />
                </>
              )}
            </ActForm>
          )}
        </CardContent>
      </Card>
      <Outcome assessment={assessment} recorded={incident.dora?.assessment ?? null} />
    </div>
  );
}

function Outcome({
  assessment,
  recorded,
}: {
  readonly assessment: DoraAssessment;
  readonly recorded: DoraAssessment | null;
}) {
  const { gate, thresholds, because, result } = assessment;
  const same = recorded !== null && JSON.stringify(recorded) === JSON.stringify(assessment);
  return (
    <Card className="xl:sticky xl:top-16">
      <CardHeader>
        <CardTitle>What follows</CardTitle>
        <CardDescription>{same ? "As recorded." : "Not recorded yet."}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm" aria-live="polite">
        <ResultBadge result={result} />
        <p>{because}</p>
        <ul className="grid gap-1.5">
          <Line name="Gate" met={gate.met} words={gate.limbs.join("; ") || "not met"} />
          {thresholds.map(({ id, label, met, why }) => (
            <Line key={id} name={`${id} ${label}`} met={met} words={why} />
          ))}
        </ul>
        <p className="text-[13px] text-muted-foreground">
          Major = gate AND (9(5)(b) OR at least two of T1, T2, T3, T4, T5a, T6).
        </p>
      </CardContent>
    </Card>
  );
}

function Line({
  name,
  met,
  words,
}: {
  readonly name: string;
  readonly met: boolean;
  readonly words: string;
}) {
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-2">
      <Badge tone={met ? "block" : "neutral"} className="self-start">
        {met ? "Met" : "Not met"}
      </Badge>
      <span className="grid">
        {name}
        <span className="text-[13px] text-muted-foreground">{words}</span>
      </span>
    </li>
  );
}

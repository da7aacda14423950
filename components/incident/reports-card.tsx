"use client";

import Link from "next/link";
import { useState } from "react";
import { ActForm } from "@/components/incident/act-form";
import { fromWall, WallTimeField } from "@/components/incident/fields";
import type { FormState } from "@/components/layout/form-status";
import { fieldError } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { Button } from "@/components/ui/button";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { REPORT_KINDS, REPORT_WORDS, type ReportKind } from "@/lib/domain/incident/report";
import type { IncidentView } from "@/lib/domain/incident/view";

/** What was sent, when and under which reference. `record` is null for who may not record it. */
export function ReportsCard({
  incident,
  zone,
  record,
}: {
  readonly incident: IncidentView;
  readonly zone: string;
  readonly record: ((input: unknown) => Promise<FormState>) | null;
}) {
  const [adding, setAdding] = useState(false);
  const { reports } = incident;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Reports sent</CardTitle>
        <CardDescription>
          Reports go to the authority by its own channel; here it is recorded that they went.
        </CardDescription>
        {record ? (
          <CardAction>
            <Button variant="outline" size="sm" onClick={() => setAdding(!adding)}>
              {adding ? "Cancel" : "Record"}
            </Button>
          </CardAction>
        ) : null}
      </CardHeader>
      <CardContent className="grid gap-4 text-sm">
        {adding && record ? (
          <RecordForm
            incidentId={incident.id}
            zone={zone}
            record={record}
            done={() => setAdding(false)}
          />
        ) : null}
        {reports.length === 0 ? (
          <p className="text-muted-foreground">None yet.</p>
        ) : (
          <ul className="grid gap-3">
            {reports.map((report) => (
              <li key={report.id} className="grid gap-0.5 border-l-2 pl-3">
                <p className="font-medium">{REPORT_WORDS[report.kind]}</p>
                <p className="flex flex-wrap gap-x-2 text-[13px] text-muted-foreground">
                  <Time iso={report.submittedAt} />
                  <span className="wrap-anywhere">reference {report.reference}</span>
                  <span>{report.by.name}</span>
                  <Link href={`/ledger/${report.seq}`} className="link">
                    entry {report.seq}
                  </Link>
                </p>
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

function RecordForm({
  incidentId,
  zone,
  record,
  done,
}: {
  readonly incidentId: string;
  readonly zone: string;
  readonly record: (input: unknown) => Promise<FormState>;
  readonly done: () => void;
}) {
  const [kind, setKind] = useState<ReportKind>("dora-initial");
  const [sent, setSent] = useState("");
  const [reference, setReference] = useState("");
  return (
    <ActForm
      act={() => record({ incidentId, kind, reference, submittedAt: fromWall(sent, zone) })}
      confirm="Record it as sent"
      shown={["submittedAt", "reference"]}
      done={done}
    >
      {(state) => (
        <>
          <Field label="Report" required>
            {(control) => (
              <Select
                {...control}
                value={kind}
                onChange={(event) =>
                  setKind(REPORT_KINDS.find((one) => one === event.target.value) ?? kind)
                }
              >
                {REPORT_KINDS.map((one) => (
                  <option key={one} value={one}>
                    {REPORT_WORDS[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <WallTimeField
            label="Sent"
            name="submittedAt"
            value={sent}
            onChange={setSent}
            zone={zone}
            state={state}
            required
          />
          <Field
            label="Reference"
            hint="What the recipient gave, or how it was sent."
            error={fieldError(state, "reference")}
            required
          >
            {(control) => (
              <Input
                {...control}
                maxLength={200}
                value={reference}
                onChange={(event) => setReference(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </ActForm>
  );
}

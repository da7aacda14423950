"use client";

import { useState } from "react";
import { ActForm } from "@/components/incident/act-form";
import { fromWall, toWall, WallTimeField } from "@/components/incident/fields";
import { DescriptionList } from "@/components/layout/description-list";
import { type FormState, fieldError } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ENTITY_TYPES, ENTITY_WORDS } from "@/lib/domain/incident/entity";
import type { IncidentView } from "@/lib/domain/incident/view";

type Act = (input: unknown) => Promise<FormState>;

/** When it happened and when somebody knew, and who has to report. `state` is null for who may not state it. */
export function FactsCard({
  incident,
  zone,
  state,
}: {
  readonly incident: IncidentView;
  readonly zone: string;
  readonly state: Act | null;
}) {
  const [editing, setEditing] = useState(false);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Facts that start the clocks</CardTitle>
        {state ? (
          <CardAction>
            <Button variant="outline" size="sm" onClick={() => setEditing(!editing)}>
              {editing ? "Cancel" : "State"}
            </Button>
          </CardAction>
        ) : null}
      </CardHeader>
      <CardContent>
        {editing && state ? (
          <FactsForm incident={incident} zone={zone} act={state} done={() => setEditing(false)} />
        ) : (
          <Facts incident={incident} />
        )}
      </CardContent>
    </Card>
  );
}

function Facts({ incident }: { readonly incident: IncidentView }) {
  const time = (iso: string | null) =>
    iso === null ? <span className="text-muted-foreground">not stated</span> : <Time iso={iso} />;
  return (
    <DescriptionList
      items={[
        { term: "Occurred", value: time(incident.occurredAt) },
        { term: "Detected", value: time(incident.detectedAt) },
        {
          term: "A person became aware",
          value: (
            <div className="grid">
              {time(incident.awareAt)}
              {incident.awareBasis === "" ? null : (
                <span className="text-[13px] text-muted-foreground">{incident.awareBasis}</span>
              )}
            </div>
          ),
        },
        { term: "Classified as major", value: time(incident.classifiedAt) },
        { term: "Entity", value: ENTITY_WORDS[incident.entityType] },
        {
          term: "Working days",
          value: `${incident.timeZone}, without weekends${incident.holidays.length > 0 ? ` and ${incident.holidays.join(", ")}` : ""}`,
        },
      ]}
    />
  );
}

function FactsForm({
  incident,
  zone,
  act,
  done,
}: {
  readonly incident: IncidentView;
  readonly zone: string;
  readonly act: Act;
  readonly done: () => void;
}) {
  const [facts, setFacts] = useState({
    occurredAt: toWall(incident.occurredAt, zone),
    detectedAt: toWall(incident.detectedAt, zone),
    awareAt: toWall(incident.awareAt, zone),
    awareBasis: incident.awareBasis,
    entityType: incident.entityType as string,
    timeZone: incident.timeZone,
    holidays: incident.holidays.join(" "),
  });
  const set = (change: Partial<typeof facts>) => setFacts({ ...facts, ...change });
  const send = () =>
    act({
      ...facts,
      incidentId: incident.id,
      version: incident.version,
      occurredAt: fromWall(facts.occurredAt, zone),
      detectedAt: fromWall(facts.detectedAt, zone),
      awareAt: fromWall(facts.awareAt, zone),
      holidays: facts.holidays.split(/[\s,]+/).filter(Boolean),
    });
  return (
    <ActForm
      act={send}
      confirm="Record the facts"
      done={done}
      shown={["occurredAt", "detectedAt", "awareAt", "awareBasis", "timeZone"]}
    >
      {(state) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <WallTimeField
              label="Occurred"
              name="occurredAt"
              value={facts.occurredAt}
              onChange={(occurredAt) => set({ occurredAt })}
              zone={zone}
              state={state}
            />
            <WallTimeField
              label="Detected"
              name="detectedAt"
              value={facts.detectedAt}
              onChange={(detectedAt) => set({ detectedAt })}
              zone={zone}
              state={state}
              required
            />
          </div>
          <WallTimeField
            label="A person became aware"
            name="awareAt"
            value={facts.awareAt}
            onChange={(awareAt) => set({ awareAt })}
            zone={zone}
            state={state}
            hint="A person’s statement, not the system’s: limits run from it."
          />
          <Field
            label="On what basis"
            error={fieldError(state, "awareBasis")}
            required={facts.awareAt !== ""}
          >
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={1000}
                value={facts.awareBasis}
                onChange={(event) => set({ awareBasis: event.target.value })}
              />
            )}
          </Field>
          <EntityFields facts={facts} set={set} state={state} />
        </>
      )}
    </ActForm>
  );
}

type EntityFacts = {
  readonly entityType: string;
  readonly timeZone: string;
  readonly holidays: string;
};

function EntityFields({
  facts,
  set,
  state,
}: {
  readonly facts: EntityFacts;
  readonly set: (change: Partial<EntityFacts>) => void;
  readonly state: FormState;
}) {
  return (
    <>
      <Field
        label="Entity that reports"
        hint="Some may not wait for the next working day with the first two reports (Article 5(5))."
        required
      >
        {(control) => (
          <Select
            {...control}
            value={facts.entityType}
            onChange={(event) => set({ entityType: event.target.value })}
          >
            {ENTITY_TYPES.map((type) => (
              <option key={type} value={type}>
                {ENTITY_WORDS[type]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Time zone of the entity" error={fieldError(state, "timeZone")} required>
          {(control) => (
            <Input
              {...control}
              value={facts.timeZone}
              maxLength={64}
              onChange={(event) => set({ timeZone: event.target.value })}
            />
          )}
        </Field>
        <Field label="Bank holidays near the limits" hint="Such as 2026-12-25 2026-12-28.">
          {(control) => (
            <Input
              {...control}
              value={facts.holidays}
              maxLength={700}
              onChange={(event) => set({ holidays: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

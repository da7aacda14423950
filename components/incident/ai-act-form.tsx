"use client";

import { useState } from "react";
import { ActForm } from "@/components/incident/act-form";
import { Tick } from "@/components/incident/fields";
import type { FormState } from "@/components/layout/form-status";
import { ReasonField } from "@/components/layout/reason-field";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldSet } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import {
  AI_RESULT_WORDS,
  AI_UNANSWERED,
  type AiActWorksheet,
  ANNEX_III_BINDS_FROM,
  assessAiAct,
  CAUSAL_LINKS,
} from "@/lib/domain/incident/ai-act";
import type { IncidentView } from "@/lib/domain/incident/view";

const LINK_WORDS: Readonly<Record<(typeof CAUSAL_LINKS)[number], string>> = {
  none: "None",
  suspected: "Suspected",
  likely: "Reasonably likely",
  established: "Established",
};

/** The form of a serious incident beside what follows from it. `act` null: to read only. */
export function AiActForm({
  incident,
  act,
}: {
  readonly incident: IncidentView;
  readonly act: ((input: unknown) => Promise<FormState>) | null;
}) {
  const [sheet, setSheet] = useState(incident.aiAct?.sheet ?? AI_UNANSWERED);
  const [reason, setReason] = useState("");
  const set = (change: Partial<AiActWorksheet>) => setSheet({ ...sheet, ...change });
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Card>
        <CardHeader>
          <CardTitle>Is it a serious incident?</CardTitle>
          <CardDescription>
            Articles 3(49), 26(5) and 73 of the AI Act. The duties on high-risk systems of Annex III
            bind from {ANNEX_III_BINDS_FROM}; until then this is the firm’s own practice.
          </CardDescription>
        </CardHeader>
        <CardContent>
          {act === null ? (
            <fieldset disabled>
              <Questions sheet={sheet} set={set} />
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
                  <Questions sheet={sheet} set={set} />
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
      <Outcome sheet={sheet} recorded={incident.aiAct?.sheet ?? null} />
    </div>
  );
}

function Questions({
  sheet,
  set,
}: {
  readonly sheet: AiActWorksheet;
  readonly set: (change: Partial<AiActWorksheet>) => void;
}) {
  return (
    <div className="grid gap-6">
      <Tick
        label="The agent is classified as a high-risk system (Article 6)"
        checked={sheet.highRisk}
        onChange={(highRisk) => set({ highRisk })}
      />
      <FieldSet legend="What it led to, directly or indirectly (Article 3(49))">
        <Tick
          label="(a) Death of a person"
          checked={sheet.death}
          onChange={(death) => set({ death })}
        />
        <Tick
          label="(a) Serious harm to a person’s health"
          checked={sheet.health}
          onChange={(health) => set({ health })}
        />
        <Tick
          label="(b) Serious and irreversible disruption of critical infrastructure"
          checked={sheet.infrastructure}
          onChange={(infrastructure) => set({ infrastructure })}
        />
        <Tick
          label="(c) Infringement of Union-law obligations that protect fundamental rights"
          checked={sheet.rights}
          onChange={(rights) => set({ rights })}
        />
        <Tick
          label="(d) Serious harm to property or the environment"
          checked={sheet.property}
          onChange={(property) => set({ property })}
        />
      </FieldSet>
      <Field label="Link between the agent and the harm" required>
        {(control) => (
          <Select
            {...control}
            value={sheet.causalLink}
            onChange={(event) =>
              set({
                causalLink: CAUSAL_LINKS.find((link) => link === event.target.value) ?? "none",
              })
            }
          >
            {CAUSAL_LINKS.map((link) => (
              <option key={link} value={link}>
                {LINK_WORDS[link]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FieldSet legend="What changes the limits">
        <Tick
          label="Widespread infringement"
          checked={sheet.widespread}
          onChange={(widespread) => set({ widespread })}
        />
        <Tick
          label="The provider reports under equivalent Union rules (Article 73(9)): only limb (c) is reported"
          checked={sheet.equivalentRules}
          onChange={(equivalentRules) => set({ equivalentRules })}
        />
        <Tick
          label="The provider can be reached"
          hint="Where it can’t, Article 73 applies to the deployer."
          checked={sheet.providerReachable}
          onChange={(providerReachable) => set({ providerReachable })}
        />
      </FieldSet>
    </div>
  );
}

const TONE = {
  "not-serious": "neutral",
  "serious-not-reportable": "hold",
  serious: "block",
} as const;

function Outcome({
  sheet,
  recorded,
}: {
  readonly sheet: AiActWorksheet;
  readonly recorded: AiActWorksheet | null;
}) {
  const { result, limbs, because, days } = assessAiAct(sheet);
  const same = JSON.stringify(recorded) === JSON.stringify(sheet);
  return (
    <Card className="xl:sticky xl:top-16">
      <CardHeader>
        <CardTitle>What follows</CardTitle>
        <CardDescription>{same ? "As recorded." : "Not recorded yet."}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm" aria-live="polite">
        <Badge tone={TONE[result]}>{AI_RESULT_WORDS[result]}</Badge>
        <p>{because}</p>
        {limbs.length > 0 ? (
          <ul className="list-disc pl-4">
            {limbs.map((limb) => (
              <li key={limb}>{limb}</li>
            ))}
          </ul>
        ) : null}
        {days === null ? null : (
          <p>
            The provider is told at once. The authority hears immediately once the link is seen, and
            within {days} days from awareness at the latest. Nothing about the agent is altered that
            could bear on the causes before the authority was told (73(6)).
          </p>
        )}
      </CardContent>
    </Card>
  );
}

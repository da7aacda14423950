"use client";

import { FigureField, Tick } from "@/components/incident/fields";
import { type FormState, fieldError } from "@/components/layout/form-status";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DoraWorksheet } from "@/lib/domain/incident/dora";

type Change = (change: Partial<DoraWorksheet>) => void;
type Part = { readonly sheet: DoraWorksheet; readonly set: Change; readonly state: FormState };

/** The questions of the form, in the order of the articles. */
export function DoraQuestions({
  sheet,
  set,
  state,
  states,
  onStates,
}: Part & { readonly states: string; readonly onStates: (text: string) => void }) {
  return (
    <div className="grid gap-6">
      <Tick
        label="It is an ICT-related incident: unplanned, it compromises the security of systems, and harms data or services"
        hint="A request that was blocked before it had any effect is normally none."
        checked={sheet.ictIncident}
        onChange={(ictIncident) => set({ ictIncident })}
      />
      <GateQuestions sheet={sheet} set={set} state={state} />
      <ClientQuestions sheet={sheet} set={set} state={state} />
      <FieldSet legend="T2 Reputational impact (Articles 2 and 9(2))">
        <Tick label="Media coverage" checked={sheet.media} onChange={(media) => set({ media })} />
        <Tick
          label="Repetitive complaints from different clients or counterparts"
          checked={sheet.complaints}
          onChange={(complaints) => set({ complaints })}
        />
        <Tick
          label="Regulatory requirements are not met, or likely will not be"
          checked={sheet.requirements}
          onChange={(requirements) => set({ requirements })}
        />
        <Tick
          label="Clients or counterparts are lost, or likely will be, with material impact"
          checked={sheet.clientsLost}
          onChange={(clientsLost) => set({ clientsLost })}
        />
      </FieldSet>
      <FieldSet legend="T3 Duration and downtime (Articles 3 and 9(3))">
        <div className="grid gap-4 sm:grid-cols-2">
          <FigureField
            label="Duration in hours (limit 24)"
            value={sheet.durationHours}
            max={100_000}
            onChange={(durationHours) => set({ durationHours })}
          />
          <FigureField
            label="Critical downtime in hours (limit 2)"
            value={sheet.downtimeHours}
            max={100_000}
            onChange={(downtimeHours) => set({ downtimeHours })}
          />
        </div>
      </FieldSet>
      <Field
        label="T4 Member States with impact (Articles 4 and 9(4); two or more)"
        hint="Two capital letters each, such as IE FR."
        error={fieldError(state, "sheet.memberStates.0") ?? fieldError(state, "sheet.memberStates")}
      >
        {(control) => (
          <Input
            {...control}
            value={states}
            maxLength={100}
            onChange={(event) => {
              onStates(event.target.value);
              const codes = event.target.value.toUpperCase().split(/[\s,]+/);
              set({ memberStates: codes.filter(Boolean) });
            }}
          />
        )}
      </Field>
      <DataQuestions sheet={sheet} set={set} />
    </div>
  );
}

function GateQuestions({ sheet, set, state }: Part) {
  return (
    <FieldSet
      legend="Gate: critical services affected (Article 6)"
      hint="One is enough for the gate. It does not count as one of the two thresholds."
      error={fieldError(state, "sheet.maliciousAccess")}
    >
      <Tick
        label="(a) ICT services or systems that support critical or important functions"
        checked={sheet.criticalFunctions}
        onChange={(criticalFunctions) => set({ criticalFunctions })}
      />
      <Tick
        label="(b) Financial services that need authorisation or registration, or are supervised"
        checked={sheet.supervisedServices}
        onChange={(supervisedServices) => set({ supervisedServices })}
      />
      <Tick
        label="(c) Successful, malicious and unauthorised access to network and information systems"
        checked={sheet.maliciousAccess}
        onChange={(maliciousAccess) =>
          set(
            maliciousAccess ? { maliciousAccess } : { maliciousAccess, maliciousDataAccess: false },
          )
        }
      />
    </FieldSet>
  );
}

function ClientQuestions({ sheet, set }: Part) {
  return (
    <FieldSet legend="T1 Clients, counterparts, transactions (Articles 1 and 9(1))">
      <div className="grid gap-4 sm:grid-cols-2">
        <FigureField
          label="Clients, % of the service’s (limit 10)"
          value={sheet.clientsPercent}
          max={100}
          onChange={(clientsPercent) => set({ clientsPercent })}
        />
        <FigureField
          label="Clients, number (limit 100,000)"
          value={sheet.clients}
          max={1e10}
          whole
          onChange={(clients) => set({ clients })}
        />
        <FigureField
          label="Counterparts, % (limit 30)"
          value={sheet.counterpartsPercent}
          max={100}
          onChange={(counterpartsPercent) => set({ counterpartsPercent })}
        />
        <FigureField
          label="Transactions, % of the daily number (limit 10)"
          value={sheet.transactionsPercent}
          max={100}
          onChange={(transactionsPercent) => set({ transactionsPercent })}
        />
        <FigureField
          label="Transactions, % of the daily value (limit 10)"
          value={sheet.transactionsValuePercent}
          max={100}
          onChange={(transactionsValuePercent) => set({ transactionsValuePercent })}
        />
      </div>
      <Tick
        label="Relevant clients or counterparts are affected"
        checked={sheet.relevantClients}
        onChange={(relevantClients) => set({ relevantClients })}
      />
      <Tick
        label="Figures here are estimates"
        checked={sheet.estimated}
        onChange={(estimated) => set({ estimated })}
      />
    </FieldSet>
  );
}

function DataQuestions({ sheet, set }: Omit<Part, "state">) {
  return (
    <>
      <FieldSet
        legend="T5 Data losses (Article 9(5))"
        hint="Limb (b) is enough by itself, once the gate is met; limb (a) counts as one threshold."
      >
        <Tick
          label="(a) Impact on availability, authenticity, integrity or confidentiality of data that harms business objectives or the ability to meet requirements"
          checked={sheet.dataLoss}
          onChange={(dataLoss) => set({ dataLoss })}
        />
        <Tick
          label="(b) Successful, malicious and unauthorised access, not under (a), that may result in data losses"
          hint="It is a malicious access, so that gate (c) is ticked with it."
          checked={sheet.maliciousDataAccess}
          onChange={(maliciousDataAccess) =>
            set(
              maliciousDataAccess
                ? { maliciousDataAccess, maliciousAccess: true }
                : { maliciousDataAccess },
            )
          }
        />
      </FieldSet>
      <FigureField
        label="T6 Costs and losses in EUR, or likely ones (Articles 7 and 9(6); limit 100,000)"
        value={sheet.costEur}
        max={1e12}
        onChange={(costEur) => set({ costEur })}
      />
    </>
  );
}

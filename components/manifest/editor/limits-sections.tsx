"use client";

import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import { asText, isRecord } from "./document-read";
import { useFormEditor } from "./editor-context";
import { ChoiceField, EntriesField, NumberField, TextField } from "./form-fields";
import { FormSection, PartErrors } from "./form-section";

const CLASS_WORDS = {
  public: "Public",
  internal: "Internal",
  confidential: "Confidential",
  restricted: "Restricted",
};

/** What the agent is for, in words that the sponsor would use. */
export function GoalSection() {
  return (
    <FormSection title="Goal">
      <TextField
        path={["goal"]}
        label="What is this agent for?"
        lines={2}
        hint="One or two sentences. The sponsor answers for this."
      />
    </FormSection>
  );
}

/** The highest class of data that any request may touch. */
export function CeilingSection() {
  return (
    <FormSection title="Data class ceiling">
      <ChoiceField
        path={["dataClassCeiling"]}
        label="Highest class of data"
        hint="A request that touches a higher class is blocked, whatever rule it matches."
        className="sm:max-w-xs"
        options={DATA_CLASSES.map((value) => ({ value, label: CLASS_WORDS[value] }))}
      />
    </FormSection>
  );
}

const PERIODS = [
  { id: "minute", label: "A minute" },
  { id: "hour", label: "An hour" },
  { id: "day", label: "A day" },
] as const;

const KINDS = [
  { id: "requests", label: "Requests" },
  { id: "records", label: "Records touched" },
  { id: "spend", label: "Spend" },
] as const;

/** Requests, records and money per minute, hour and day; what is left empty is unlimited. */
export function BudgetsSection() {
  const editor = useFormEditor();
  const writeSpend = (period: string) => (value: number | string | undefined) => {
    const held = editor.valueAt(["budgets", "spend"]);
    // An amount means nothing without its currency.
    if (value !== undefined && !isRecord(held)) {
      editor.set(["budgets", "spend"], { currency: "GBP", [period]: value });
    } else editor.set(["budgets", "spend", period], value);
  };
  const hasSpend = editor.valueAt(["budgets", "spend"]) !== undefined;
  return (
    <FormSection
      title="Budgets"
      path={["budgets"]}
      description="How much at most. An empty box is no limit."
    >
      {KINDS.map((kind) => (
        <fieldset key={kind.id} className="grid min-w-0 gap-2">
          <legend className="mb-1 text-[13px] font-medium">{kind.label}</legend>
          <PartErrors path={["budgets", kind.id]} />
          <div className="grid grid-cols-3 items-start gap-3">
            {PERIODS.map((period) => (
              <NumberField
                key={period.id}
                path={["budgets", kind.id, period.id]}
                label={
                  <>
                    <span className="sr-only">{kind.label}: </span>
                    {period.label}
                  </>
                }
                optional
                {...(kind.id === "spend" ? { onValue: writeSpend(period.id) } : {})}
              />
            ))}
          </div>
          {kind.id === "spend" && hasSpend ? (
            <div className="flex items-end gap-3">
              <TextField
                path={["budgets", "spend", "currency"]}
                label="Currency"
                hint="ISO 4217, such as GBP"
                className="w-40"
                code
              />
              <button
                type="button"
                className="link mb-8 text-[13px]"
                disabled={editor.locked}
                onClick={() => editor.set(["budgets", "spend"], undefined)}
              >
                Remove the spend budget
              </button>
            </div>
          ) : null}
        </fieldset>
      ))}
    </FormSection>
  );
}

/** The hosts that a step may talk to. */
export function NetworkSection() {
  return (
    <FormSection
      title="Network boundary"
      description="Where a step may send or fetch. Empty: nowhere."
    >
      <EntriesField
        path={["network"]}
        label="Destinations"
        optional
        hint={
          <>
            One <code>host:port</code> to a line; <code>*.example.com:443</code> is any subdomain.
          </>
        }
      />
    </FormSection>
  );
}

/** Where the agent's risk score changes what happens. */
export function RiskSection() {
  const editor = useFormEditor();
  return (
    <FormSection
      title="Risk thresholds"
      path={["risk"]}
      description="The agent's risk score runs from 0 to 100 and is recomputed from what it does."
    >
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <NumberField
          path={["risk", "review"]}
          label="Review from"
          hint="From here on each request waits for the sponsor."
        />
        <NumberField
          path={["risk", "contain"]}
          label="Contain from"
          hint={`From here on each request is blocked. Not below ${asText(editor.valueAt(["risk", "review"])) || "the other"}.`}
        />
      </div>
    </FormSection>
  );
}

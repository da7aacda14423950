"use client";

import { KIND_WORDS } from "@/components/agent/badges";
import { type Answers, Questionnaire } from "@/components/agent/questionnaire";
import { LiveTier } from "@/components/agent/tier-rules";
import { type FormState, fieldError } from "@/components/layout/form-status";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { classifySoFar, QUESTION_NAMES } from "@/lib/domain/agent/classification";
import { AGENT_NAME_MAX } from "@/lib/domain/agent/name";
import { AGENT_KINDS } from "@/lib/domain/agent/tier";
import type { Named } from "@/lib/domain/agent/view";

/** What is being typed about an agent. */
export type AgentDraft = {
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly legalEntityId: string;
  /** one pattern a line */
  readonly resources: string;
  readonly classification: Answers;
};

export const EMPTY_DRAFT: AgentDraft = {
  name: "",
  description: "",
  kind: "",
  ownerId: "",
  legalEntityId: "",
  resources: "",
  classification: {},
};

/** What the server is sent. */
export function toInput(draft: AgentDraft) {
  const resources = draft.resources
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return { ...draft, resources };
}

/** Names of the fields that show their own errors. */
const SHOWN_FIELDS = [
  "name",
  "description",
  "kind",
  "ownerId",
  "legalEntityId",
  "resources",
  ...QUESTION_NAMES.map((name) => `classification.${name}`),
];

type FieldsProps = {
  readonly draft: AgentDraft;
  readonly onChange: (draft: AgentDraft) => void;
  readonly state: FormState;
  readonly owners: readonly Named[];
  readonly legalEntities: readonly Named[];
  /** may choose owner and legal entity */
  readonly admin: boolean;
};

/** The fields of an agent, with the tier that the answers lead to. */
export function AgentFields({ draft, onChange, state, owners, legalEntities, admin }: FieldsProps) {
  const error = (path: string) => fieldError(state, path);
  const text = (
    name: "name" | "description" | "kind" | "ownerId" | "legalEntityId" | "resources",
  ) => ({
    value: draft[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ ...draft, [name]: event.target.value }),
  });
  const unanswered = QUESTION_NAMES.filter((name) => draft.classification[name] === undefined);
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>The agent</CardTitle>
        </CardHeader>
        <CardContent className="grid gap-4 sm:grid-cols-2">
          <Field className="content-start" label="Name" error={error("name")} required>
            {(control) => (
              <Input maxLength={AGENT_NAME_MAX} autoComplete="off" {...text("name")} {...control} />
            )}
          </Field>
          <Field
            label="Kind"
            className="content-start"
            error={error("kind")}
            hint="Assistive: augments a person. Embedded: acts alone in a critical workflow, under stricter controls."
            required
          >
            {(control) => (
              <Select {...text("kind")} {...control}>
                <option value="">Choose…</option>
                {AGENT_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {KIND_WORDS[kind]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field
            label="What it does"
            error={error("description")}
            className="content-start sm:col-span-2"
            required
          >
            {(control) => (
              <Textarea rows={3} maxLength={2000} {...text("description")} {...control} />
            )}
          </Field>
          <Field
            label="Owner"
            className="content-start"
            error={error("ownerId")}
            hint="Writes its manifests, and never approves them."
            required
          >
            {(control) => (
              <Select disabled={!admin} {...text("ownerId")} {...control}>
                <NamedOptions options={owners} />
              </Select>
            )}
          </Field>
          <Field
            className="content-start"
            label="Legal entity"
            error={error("legalEntityId")}
            required
          >
            {(control) => (
              <Select disabled={!admin} {...text("legalEntityId")} {...control}>
                <NamedOptions options={legalEntities} />
              </Select>
            )}
          </Field>
          <Field
            label="Resources that it needs"
            error={error("resources") ?? lineError(state)}
            hint="One pattern a line, such as invoice:* or ledger-entry:uk/**. They inform the manifest; they give no authority."
            className="content-start sm:col-span-2"
          >
            {(control) => (
              <Textarea
                rows={3}
                spellCheck={false}
                className="font-mono text-[13px]"
                {...text("resources")}
                {...control}
              />
            )}
          </Field>
        </CardContent>
      </Card>
      <Card>
        <CardHeader>
          <CardTitle>Classification</CardTitle>
          <CardDescription>
            The risk tier follows from the answers by the firm’s rules; nobody sets it by hand.
          </CardDescription>
        </CardHeader>
        <CardContent className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Questionnaire
            answers={draft.classification}
            onChange={(classification) => onChange({ ...draft, classification })}
            error={(name) => error(`classification.${name}`)}
          />
          <div className="self-start rounded-lg border bg-muted/40 p-4 lg:sticky lg:top-16">
            <LiveTier result={classifySoFar(draft.classification)} unanswered={unanswered.length} />
          </div>
        </CardContent>
      </Card>
    </>
  );
}

function NamedOptions({ options }: { readonly options: readonly Named[] }) {
  return (
    <>
      <option value="">Choose…</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </>
  );
}

const isPattern = ({ path }: { readonly path: string }) => /^resources\.\d+$/.test(path);

function patternProblems(state: FormState) {
  return state.status === "error" ? (state.fields ?? []).filter(isPattern) : [];
}

/** The first problem of a pattern, which the server names by its position. */
function lineError(state: FormState): string | undefined {
  const [problem] = patternProblems(state);
  if (problem === undefined) return undefined;
  return `Pattern ${Number(problem.path.split(".")[1]) + 1}: ${problem.message}`;
}

/** Paths of the problems that the fields show themselves. */
export function shownFields(state: FormState): readonly string[] {
  return [...SHOWN_FIELDS, ...patternProblems(state).map(({ path }) => path)];
}

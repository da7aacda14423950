"use client";

import { useId } from "react";
import { FieldSet } from "@/components/ui/field";
import {
  Classification,
  QUESTION_NAMES,
  QUESTIONS,
  type Question,
} from "@/lib/domain/agent/classification";
import { cn } from "@/lib/utils";

export type Answers = Partial<Classification>;

/** The answers with one of them given anew; what is no answer to that question changes nothing. */
function answered(answers: Answers, name: Question, text: string): Answers {
  const value = text === "true" || text === "false" ? text === "true" : text;
  const parsed = Classification.shape[name].safeParse(value);
  return parsed.success ? { ...answers, [name]: parsed.data } : answers;
}

/** The questions from which the tier follows. `errors` by question. */
export function Questionnaire({
  answers,
  onChange,
  error,
}: {
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
  readonly error: (name: Question) => string | undefined;
}) {
  const id = useId();
  return (
    <div className="grid gap-5">
      {QUESTION_NAMES.map((name) => (
        <FieldSet key={name} legend={QUESTIONS[name].question} error={error(name)}>
          <div className="flex flex-wrap gap-2">
            {Object.entries(QUESTIONS[name].answers).map(([value, label]) => (
              <label
                key={value}
                className={cn(
                  "flex cursor-pointer items-center gap-2 rounded-md border border-input bg-card px-2.5 py-1.5 text-sm",
                  "has-checked:border-primary has-checked:bg-accent has-checked:text-accent-foreground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
                )}
              >
                <input
                  type="radio"
                  name={`${id}-${name}`}
                  value={value}
                  required
                  checked={answers[name] !== undefined && String(answers[name]) === value}
                  onChange={() => onChange(answered(answers, name, value))}
                  className="size-4 shrink-0 accent-primary focus-visible:outline-none"
                />
                {label}
              </label>
            ))}
          </div>
        </FieldSet>
      ))}
    </div>
  );
}

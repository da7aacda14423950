"use client";

import { useId } from "react";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { Obstacle } from "@/lib/domain/review/resolve";
import type { ReviewView } from "@/lib/domain/review/view";
import { cn } from "@/lib/utils";

type Choice = {
  readonly value: string;
  readonly label: string;
  readonly effect: string;
  readonly obstacle: Obstacle | null;
  readonly widens: readonly string[];
};

/** The choices with what each does; what is closed says why, and stays readable. */
export function ResolutionChoices({
  review,
  value,
  onChange,
}: {
  readonly review: ReviewView;
  readonly value: string | null;
  readonly onChange: (value: string) => void;
}) {
  const isNewTarget = review.reason === "confirm_new_target";
  const choices: readonly Choice[] = [
    ...review.options
      // It means nothing for any other request.
      .filter(({ resolution }) => resolution !== "confirm-target" || isNewTarget)
      .map(({ resolution, ...option }) => ({ ...option, value: resolution })),
    {
      value: "escalate",
      label: "Escalate to compliance",
      effect:
        "The request stays refused for now. Compliance is told and may resolve it; you still may too.",
      obstacle: review.escalation,
      widens: [],
    },
  ];
  return (
    <RadioGroup
      aria-label="What to do"
      value={value ?? ""}
      onValueChange={onChange}
      className="gap-0 divide-y overflow-hidden rounded-md border"
      required
    >
      {choices.map((choice) => (
        <ChoiceRow key={choice.value} choice={choice} chosen={choice.value === value} />
      ))}
    </RadioGroup>
  );
}

function ChoiceRow({ choice, chosen }: { readonly choice: Choice; readonly chosen: boolean }) {
  const id = useId();
  const { obstacle } = choice;
  const closed = obstacle !== null;
  return (
    <label
      htmlFor={id}
      className={cn(
        "grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 px-3 py-2.5",
        closed ? "bg-muted/50" : "cursor-pointer hover:bg-muted/50",
        chosen && "bg-accent hover:bg-accent",
      )}
    >
      <RadioGroupItem
        id={id}
        value={choice.value}
        disabled={closed}
        aria-describedby={`${id}-effect`}
      />
      <span className="grid gap-0.5">
        <span className={cn("font-medium", closed && "text-muted-foreground")}>{choice.label}</span>
        <span
          id={`${id}-effect`}
          className={cn("text-[13px] text-pretty", chosen ? "" : "text-muted-foreground")}
        >
          {closed ? `Not open: ${obstacle.message.replace(/\.$/, "")}.` : choice.effect}
        </span>
        {chosen && choice.widens.length > 0 ? (
          <span className="mt-1 grid gap-0.5 text-[13px]">
            <span className="font-medium">It would widen:</span>
            {choice.widens.map((title) => (
              <span key={title} className="wrap-anywhere">
                {title}
              </span>
            ))}
          </span>
        ) : null}
      </span>
    </label>
  );
}

import { Check, Circle } from "lucide-react";
import Link from "next/link";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Details } from "@/components/ui/collapsible";
import { Progress } from "@/components/ui/progress";
import { MATURITY_MEANING, type Maturity, type Requirement } from "@/lib/domain/agent/maturity";

/** The level that the facts reach, and what the next one still takes. */
export function MaturityCard({ maturity }: { readonly maturity: Maturity }) {
  const { level, missing, requirements } = maturity;
  const others = requirements.filter((need) => !missing.includes(need));
  return (
    <Card>
      <CardHeader>
        <CardTitle>Maturity level {level} of 3</CardTitle>
        <CardDescription>{MATURITY_MEANING[level]} Computed from facts.</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm">
        <Progress value={level} max={3} label={`Maturity level ${level} of 3`} />
        {missing.length > 0 ? (
          <>
            <p className="font-medium">Missing for level {level + 1}</p>
            <Requirements needs={missing} />
          </>
        ) : (
          <p>Nothing is missing.</p>
        )}
        {others.length > 0 ? (
          <Details summary="All requirements">
            <Requirements needs={others} />
          </Details>
        ) : null}
      </CardContent>
    </Card>
  );
}

function Requirements({ needs }: { readonly needs: readonly Requirement[] }) {
  return (
    <ul className="grid gap-1.5">
      {needs.map(({ id, level, met, words, href }) => (
        <li key={id} className="flex items-start gap-2">
          {met ? (
            <Check className="mt-0.5 size-4 shrink-0 text-allow" aria-label="Met" />
          ) : (
            <Circle className="mt-0.5 size-4 shrink-0 text-hold" aria-label="Missing" />
          )}
          <span>
            {words} <span className="text-muted-foreground">Level {level}. </span>
            {met ? null : (
              <Link href={href} className="link">
                Mend
                <span className="sr-only">: {words}</span>
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

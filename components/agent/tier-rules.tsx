import { Check, Minus } from "lucide-react";
import { TIER_WORDS, TierBadge } from "@/components/agent/badges";
import { Details } from "@/components/ui/collapsible";
import { TIER_RULES, type TierResult, type TierRule } from "@/lib/domain/agent/classification";

/** Why an agent has its tier: the rules that apply, and on request all the others. */
export function TierRules({ result }: { readonly result: TierResult }) {
  const others = TIER_RULES.filter((rule) => !result.because.includes(rule));
  return (
    <div className="grid gap-2 text-sm">
      <ul className="grid gap-1.5">
        {result.because.map((rule, index) => (
          <RuleLine key={rule.id} rule={rule} applies decides={index === 0} />
        ))}
      </ul>
      <Details summary={<span>{others.length} rules that don’t apply</span>}>
        <ul className="grid gap-1.5 text-muted-foreground">
          {others.map((rule) => (
            <RuleLine key={rule.id} rule={rule} applies={false} decides={false} />
          ))}
        </ul>
      </Details>
    </div>
  );
}

function RuleLine({
  rule,
  applies,
  decides,
}: {
  readonly rule: TierRule;
  readonly applies: boolean;
  readonly decides: boolean;
}) {
  const Icon = applies ? Check : Minus;
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className={decides ? "font-medium" : undefined}>
        {rule.sentence}{" "}
        <span className="font-normal text-muted-foreground">
          {decides ? "This decides: " : ""}at least {TIER_WORDS[rule.tier].toLowerCase()}
        </span>
      </span>
    </li>
  );
}

/** The tier that the answers so far lead to. */
export function LiveTier({
  result,
  unanswered,
}: {
  readonly result: TierResult;
  readonly unanswered: number;
}) {
  return (
    <div className="grid gap-3">
      <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
        <span className="font-medium">
          {unanswered === 0 ? "Risk tier" : "Risk tier, at least"}
        </span>
        <TierBadge tier={result.tier} />
        {unanswered > 0 ? (
          <span className="text-muted-foreground">
            {unanswered} {unanswered === 1 ? "question" : "questions"} to go
          </span>
        ) : null}
      </p>
      <TierRules result={result} />
    </div>
  );
}

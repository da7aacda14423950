import Link from "next/link";
import { CONTAINMENT_WORDS, KIND_WORDS, TrainingBadge } from "@/components/agent/badges";
import { MaturityCard } from "@/components/agent/maturity-card";
import { TierRules } from "@/components/agent/tier-rules";
import { DescriptionList } from "@/components/layout/description-list";
import { Stat } from "@/components/layout/stat";
import { Time } from "@/components/layout/time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { classify } from "@/lib/domain/agent/classification";
import { STATUS_MEANING } from "@/lib/domain/agent/lifecycle";
import type { AgentView } from "@/lib/domain/agent/view";
import { CONTAINMENT_MEANING, type ContainmentLevel } from "@/lib/domain/containment/level";
import { formatNumber } from "@/lib/format";

/** What hinders or endangers the agent, before anything else on its page. */
export function AgentNotices({ agent }: { readonly agent: AgentView }) {
  const { containment, obstacles, status } = agent;
  return (
    <div className="grid gap-3 not-empty:mb-4">
      {containment ? (
        <Alert tone={refusesAll(containment.level) ? "block" : "hold"}>
          <AlertTitle>{CONTAINMENT_WORDS[containment.level]}</AlertTitle>
          <AlertDescription>
            {CONTAINMENT_MEANING[containment.level]} Since <Time iso={containment.since} />, by{" "}
            {containment.by ? containment.by.name : `the rule ${containment.rule ?? ""}`}.{" "}
            <Link href={`/ledger/${containment.seq}`} className="link">
              Entry {formatNumber(containment.seq)}
            </Link>
          </AlertDescription>
        </Alert>
      ) : null}
      {obstacles.length > 0 ? (
        <Alert tone={status === "production" ? "block" : "info"}>
          <AlertTitle>
            {status === "production"
              ? "In production, though a condition is no longer met"
              : "Before it can go into production"}
          </AlertTitle>
          <AlertDescription>
            <ul className="list-disc space-y-1.5 pl-4">
              {obstacles.map(({ id, words, href }) => (
                <li key={id}>
                  <Link href={href} className="link inline-block first-letter:uppercase">
                    {words}
                  </Link>
                </li>
              ))}
            </ul>
          </AlertDescription>
        </Alert>
      ) : null}
    </div>
  );
}

function refusesAll(level: ContainmentLevel): boolean {
  return level === "quarantine" || level === "stopped";
}

/** What the agent is, why it has its tier, what it has reached, who answers for it. */
export function Overview({ agent }: { readonly agent: AgentView }) {
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <RiskStat agent={agent} />
        <Stat
          label="Open reviews"
          value={formatNumber(agent.openReviews)}
          tone={agent.openReviews > 0 ? "hold" : "neutral"}
          note={agent.openReviews > 0 ? "waiting for a person" : "nothing waits"}
          href={`/reviews?agent=${agent.id}`}
        />
        <ManifestStat agent={agent} />
        <Stat
          label="Active keys"
          value={formatNumber(agent.keys.filter(({ state }) => state === "active").length)}
          note="sign its requests"
          href={`/agents/${agent.id}?tab=keys`}
        />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Facts agent={agent} />
        <div className="grid gap-4">
          <SponsorCard agent={agent} />
          <TierCard agent={agent} />
          <MaturityCard maturity={agent.maturity} />
        </div>
      </div>
    </div>
  );
}

function RiskStat({ agent }: { readonly agent: AgentView }) {
  const { riskAt, riskScore, inForce } = agent;
  if (riskAt === null) return <Stat label="Risk score" value="–" note="not scored yet" />;
  return (
    <Stat
      label="Risk score"
      value={riskScore}
      tone={riskTone(riskScore, inForce)}
      note={
        <>
          of 100, <Time iso={riskAt} relative />
        </>
      }
      href={`/agents/${agent.id}?tab=behaviour`}
    />
  );
}

/** By the thresholds of the manifest in force. */
function riskTone(score: number, inForce: AgentView["inForce"]): "neutral" | "hold" | "block" {
  if (inForce === null || score < inForce.risk.review) return "neutral";
  return score < inForce.risk.contain ? "hold" : "block";
}

function ManifestStat({ agent }: { readonly agent: AgentView }) {
  const { inForce } = agent;
  if (inForce === null) {
    return (
      <Stat
        label="Manifest in force"
        value="None"
        tone="block"
        note="every request is refused"
        href={`/agents/${agent.id}?tab=manifests`}
      />
    );
  }
  return (
    <Stat
      label="Manifest in force"
      value={`Version ${inForce.version}`}
      note={
        <>
          until <Time iso={inForce.notAfter} style="date" />
        </>
      }
      href={`/manifests/${inForce.id}`}
    />
  );
}

function Facts({ agent }: { readonly agent: AgentView }) {
  const { inForce, resources } = agent;
  return (
    <Card>
      <CardHeader>
        <CardTitle>About</CardTitle>
      </CardHeader>
      <CardContent>
        <DescriptionList
          items={[
            {
              term: "What it does",
              value: <p className="whitespace-pre-line">{agent.description}</p>,
            },
            ...(inForce ? [{ term: "Goal of its manifest", value: inForce.goal }] : []),
            { term: "Kind", value: KIND_WORDS[agent.kind] },
            { term: "Status", value: STATUS_MEANING[agent.status] },
            { term: "Owner", value: agent.owner.name },
            { term: "Legal entity", value: agent.legalEntity.name },
            {
              term: "Resources",
              value:
                resources.length === 0 ? (
                  "None stated"
                ) : (
                  <ul className="grid gap-0.5 font-mono text-[13px]">
                    {resources.map((pattern) => (
                      <li key={pattern}>{pattern}</li>
                    ))}
                  </ul>
                ),
            },
            { term: "Credentials", value: attested(agent.dedicatedCredentials, "Its own") },
            { term: "Logs", value: attested(agent.loggingEnabled, "On and kept") },
            { term: "Registered", value: <Time iso={agent.createdAt} /> },
            ...(agent.productionAt
              ? [{ term: "In production since", value: <Time iso={agent.productionAt} /> }]
              : []),
            ...(agent.retiredAt
              ? [{ term: "Retired", value: <Time iso={agent.retiredAt} /> }]
              : []),
            { term: "Id", value: <code className="font-mono text-[13px]">{agent.id}</code> },
          ]}
        />
      </CardContent>
    </Card>
  );
}

function attested(fact: boolean, words: string): string {
  return fact ? `${words}, as an administrator attests` : "Not attested";
}

function SponsorCard({ agent }: { readonly agent: AgentView }) {
  const acting = agent.sponsorships.find((sponsorship) => sponsorship.acting);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Answerable</CardTitle>
        <CardDescription>
          The person who approves its manifests and decides its reviews.
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-2 text-sm">
        {acting ? (
          <>
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{acting.person.name}</span>
              <span className="text-muted-foreground">{acting.kind}</span>
              <TrainingBadge competent={acting.training.competent} />
            </p>
            {acting.training.competentUntil ? (
              <p className="text-muted-foreground">
                Training current until <Time iso={acting.training.competentUntil} style="date" />
              </p>
            ) : null}
          </>
        ) : (
          <p className="text-block">Nobody answers for this agent: every request is refused.</p>
        )}
        <Link href={`/agents/${agent.id}?tab=sponsors`} className="link w-fit">
          Sponsors and their history
        </Link>
      </CardContent>
    </Card>
  );
}

function TierCard({ agent }: { readonly agent: AgentView }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Why this risk tier</CardTitle>
        <CardDescription>By the firm’s rules, from the answers at registration.</CardDescription>
      </CardHeader>
      <CardContent>
        {agent.classification ? (
          <TierRules result={classify(agent.classification)} />
        ) : (
          <p className="text-sm text-muted-foreground">
            The answers of this agent can’t be read. Its tier stands at {agent.tier}.
          </p>
        )}
      </CardContent>
    </Card>
  );
}

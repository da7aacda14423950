import Link from "next/link";
import { KIND_WORDS, TierBadge } from "@/components/agent/badges";
import { DescriptionList } from "@/components/layout/description-list";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/code-block";
import { STATE_MEANING } from "@/lib/domain/manifest/lifecycle";
import type { ManifestView } from "@/lib/domain/manifest/view";
import { shortHash } from "@/lib/format";

/** Who, what and when: the facts that a person checks before reading on. */
export function ManifestFacts({ view }: { readonly view: ManifestView }) {
  const { agent, sponsor } = view;
  return (
    <DescriptionList
      items={[
        {
          term: "Agent",
          value: (
            <Link className="link" href={`/agents/${agent.id}`}>
              {agent.name}
            </Link>
          ),
        },
        {
          term: "Risk tier",
          value: (
            <span className="flex flex-wrap items-center gap-2">
              <TierBadge tier={agent.tier} />
              <Badge>{KIND_WORDS[agent.kind]}</Badge>
            </span>
          ),
        },
        { term: "State", value: STATE_MEANING[view.state] },
        {
          term: "Written by",
          value:
            agent.ownerId === view.author.id
              ? `${view.author.name}, owner`
              : `${view.author.name} (owner now: ${agent.ownerName})`,
        },
        {
          term: "Answerable",
          value:
            sponsor === null
              ? "No sponsor is assigned"
              : `${sponsor.name}, ${sponsor.kind === "deputy" ? "deputy while the sponsor is away" : "sponsor"}`,
        },
        {
          term: view.submittedAt === null ? "Last saved" : "Submitted",
          value: <Time iso={view.submittedAt ?? view.updatedAt} style="second" />,
        },
        ...(view.approvedAt === null
          ? []
          : [{ term: "Approved", value: <Time iso={view.approvedAt} style="second" /> }]),
        ...(view.endedAt === null
          ? []
          : [{ term: "Ended", value: <Time iso={view.endedAt} style="second" /> }]),
        ...(view.digest === null
          ? []
          : [
              {
                term: "Digest",
                value: (
                  <span className="flex flex-wrap items-center gap-1">
                    <code className="font-mono text-xs" title={view.digest}>
                      {shortHash(view.digest)}
                    </code>
                    <CopyButton text={view.digest} label="Copy digest" />
                  </span>
                ),
              },
            ]),
        ...(view.reviewId === null
          ? []
          : [
              {
                term: "Comes from",
                value: (
                  <Link className="link" href={`/reviews/${view.reviewId}`}>
                    the review that asked for it
                  </Link>
                ),
              },
            ]),
      ]}
    />
  );
}

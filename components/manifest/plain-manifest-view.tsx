import { Ban, Check, Clock, Gauge, Globe, Hand, type LucideIcon, Timer } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { PlainManifest, Sentence } from "@/lib/domain/manifest/plain-english";
import { cn } from "@/lib/utils";

/** The manifest as sentences: what it allows, what waits for a person, what never happens, and the limits of all. */
export function PlainManifestView({ plain }: { readonly plain: PlainManifest }) {
  return (
    <div className="grid gap-5">
      <p className="max-w-[70ch] text-[15px] leading-relaxed">{plain.goal}</p>
      <ByTask
        icon={Check}
        tone="text-allow"
        title="May do by itself"
        sentences={plain.may}
        plain={plain}
        empty="Nothing: each request waits for the sponsor."
      />
      <ByTask
        icon={Hand}
        tone="text-hold"
        title="May do once a person has confirmed it"
        sentences={plain.mayWithConfirmation}
        plain={plain}
        empty="Nothing waits for a person."
      />
      <Sentences
        icon={Ban}
        tone="text-block"
        title="May never do"
        sentences={plain.never}
        empty="No never-rules. What no task allows is blocked all the same."
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Sentences icon={Gauge} title="Limits" sentences={plain.limits} />
        <Sentences icon={Clock} title="Hours" sentences={plain.hours} />
        <Sentences icon={Globe} title="Network" sentences={plain.network} />
        <Sentences icon={Timer} title="Validity" sentences={plain.validity} />
      </div>
    </div>
  );
}

type GroupProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly tone?: string;
  readonly sentences: readonly Sentence[];
  readonly empty?: string;
};

function GroupTitle({ icon: Icon, title, tone }: Pick<GroupProps, "icon" | "title" | "tone">) {
  return (
    <h3 className={cn("flex items-center gap-2 text-[13px] font-semibold", tone)}>
      <Icon className="size-4 shrink-0" aria-hidden />
      {title}
    </h3>
  );
}

function Sentences({ icon, title, tone, sentences, empty }: GroupProps) {
  return (
    <section className="grid content-start gap-1.5">
      <GroupTitle icon={icon} title={title} {...(tone ? { tone } : {})} />
      {sentences.length === 0 && empty ? (
        <p className="text-sm text-muted-foreground">{empty}</p>
      ) : null}
      <SentenceList sentences={sentences} />
    </section>
  );
}

function ByTask({
  icon,
  title,
  tone,
  sentences,
  plain,
  empty,
}: GroupProps & { readonly plain: PlainManifest }) {
  const tasks = plain.clusters
    .map((cluster) => ({
      ...cluster,
      sentences: sentences.filter(({ clusterId }) => clusterId === cluster.id),
    }))
    .filter((task) => task.sentences.length > 0);
  return (
    <section className="grid gap-2.5">
      <GroupTitle icon={icon} title={title} {...(tone ? { tone } : {})} />
      {tasks.length === 0 ? <p className="text-sm text-muted-foreground">{empty}</p> : null}
      {tasks.map((task) => (
        <div key={task.path} className="grid gap-1">
          <p className="text-[13px] text-muted-foreground">
            <span className="font-mono text-xs">{task.id}</span> · {task.purpose}
          </p>
          <SentenceList sentences={task.sentences} />
        </div>
      ))}
    </section>
  );
}

function SentenceList({ sentences }: { readonly sentences: readonly Sentence[] }) {
  return (
    <ul className="grid gap-1.5">
      {sentences.map((sentence) => (
        <li key={sentence.path} className="max-w-[75ch] border-l-2 border-border pl-3 text-sm">
          {sentence.text}{" "}
          {sentence.impact === "transformative" ? (
            <Badge tone="hold" title="Changes money, records or rights">
              transformative
            </Badge>
          ) : null}
          {sentence.exact ? (
            <span className="block font-mono text-xs wrap-anywhere text-muted-foreground">
              {sentence.exact}
              {sentence.condition ? ` · when ${sentence.condition.source}` : ""}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

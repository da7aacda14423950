import { CircleAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { WithCode } from "@/components/review/with-code";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Finding, Severity } from "@/lib/domain/manifest/finding";

const LOOKS: Readonly<Record<Severity, { icon: LucideIcon; tone: BadgeTone; word: string }>> = {
  error: { icon: CircleAlert, tone: "block", word: "Must be mended" },
  warning: { icon: TriangleAlert, tone: "hold", word: "Weigh this" },
  note: { icon: Info, tone: "info", word: "Note" },
};

/** Objections of the static check, gravest first. `onShow` leads to the place in the editor. */
export function FindingList({
  findings,
  onShow,
}: {
  readonly findings: readonly Finding[];
  readonly onShow?: (path: string) => void;
}) {
  return (
    <ul className="grid gap-3">
      {findings.map((finding) => {
        const look = LOOKS[finding.severity];
        return (
          <li
            key={`${finding.code}-${finding.path}-${finding.message}`}
            className="grid gap-1 text-sm"
          >
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge tone={look.tone}>
                <look.icon aria-hidden />
                {look.word}
              </Badge>
              <Place path={finding.path} {...(onShow ? { onShow } : {})} />
            </div>
            <p>
              <WithCode>{finding.message}</WithCode>
            </p>
            <p className="text-[13px] text-muted-foreground">
              <WithCode>{finding.suggestion}</WithCode>
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** A place in the document, as a button where it can be gone to. */
export function Place({
  path,
  onShow,
}: {
  readonly path: string;
  readonly onShow?: (path: string) => void;
}) {
  const name = path === "" ? "whole document" : path.slice(1).replaceAll("/", " › ");
  if (!onShow) {
    return <span className="font-mono text-xs wrap-anywhere text-muted-foreground">{name}</span>;
  }
  return (
    <Button
      variant="link"
      size="sm"
      className="h-auto px-0 py-0 text-left font-mono text-xs whitespace-normal wrap-anywhere"
      onClick={() => onShow(path)}
    >
      {name}
    </Button>
  );
}

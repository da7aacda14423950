"use client";

import { CircleCheck } from "lucide-react";
import { FindingList, Place } from "@/components/manifest/finding-list";
import { PlainManifestView } from "@/components/manifest/plain-manifest-view";
import { WithCode } from "@/components/review/with-code";
import { formatCount } from "@/lib/format";
import type { Diagnosis } from "./diagnose";

/** What the text means, as it is typed: what is wrong, what a careful reader would object to, and how it reads. */
export function PreviewPane({
  diagnosis,
  onShow,
}: {
  readonly diagnosis: Diagnosis;
  readonly onShow: (path: string) => void;
}) {
  const { unreadable, problems, findings, plain } = diagnosis;
  return (
    <div className="grid gap-5">
      <section className="grid gap-2" aria-label="Problems and findings">
        <h2 className="text-sm font-semibold" aria-live="polite">
          {headline(diagnosis)}
        </h2>
        {unreadable === null ? null : <p className="text-sm">{unreadable}</p>}
        {problems.length > 0 ? (
          <ul className="grid gap-2 text-sm">
            {problems.map(({ path, message }) => (
              <li key={`${path}-${message}`} className="grid gap-0.5">
                <Place path={path} onShow={onShow} />
                <span>
                  <WithCode>{message}</WithCode>
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {findings.length > 0 ? <FindingList findings={findings} onShow={onShow} /> : null}
        {plain !== null && findings.length === 0 ? (
          <p className="flex items-center gap-1.5 text-sm text-allow">
            <CircleCheck className="size-4" aria-hidden />
            The check has nothing to object to.
          </p>
        ) : null}
      </section>
      <section className="grid gap-3 border-t pt-4" aria-label="In plain English">
        <h2 className="text-sm font-semibold">As the sponsor will read it</h2>
        {plain === null ? (
          <p className="text-sm text-muted-foreground">
            Once the document is a complete manifest, it stands here in plain English.
          </p>
        ) : (
          <PlainManifestView plain={plain} />
        )}
      </section>
    </div>
  );
}

function headline({ unreadable, problems, findings }: Diagnosis): string {
  if (unreadable !== null) return "The JSON can't be read";
  if (problems.length > 0) return `${formatCount(problems.length, "problem")} to mend`;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const rest = findings.length - errors;
  if (errors > 0) return `${formatCount(errors, "finding")} must be mended before submitting`;
  return rest > 0 ? `${formatCount(rest, "finding")} for the sponsor to weigh` : "Check";
}

"use client";

import { type Dispatch, useState } from "react";
import { Time } from "@/components/layout/time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/code-block";
import type { ActionState } from "@/lib/server/action";
import type { EditorEvent, Saved } from "./editor-state";

export type LoadDraftAction = (manifestId: string) => Promise<ActionState<Saved>>;

/** Someone saved another revision: says so, and lets the person choose whose text goes on. Nothing is chosen for them. */
export function ConflictAlert({
  manifestId,
  text,
  load,
  dispatch,
}: {
  readonly manifestId: string;
  readonly text: string;
  readonly load: LoadDraftAction;
  readonly dispatch: Dispatch<EditorEvent>;
}) {
  const [theirs, setTheirs] = useState<Saved | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const look = async () => {
    setBusy(true);
    const answer = await load(manifestId).catch(() => null);
    setBusy(false);
    if (answer?.status === "ok") setTheirs(answer.value);
    else
      setProblem(answer?.status === "error" ? answer.message : "the server could not be reached");
  };

  return (
    <Alert tone="block" role="alert">
      <AlertTitle>This draft was saved somewhere else in the meantime</AlertTitle>
      <AlertDescription>
        <p>
          Another tab or person stored a newer revision. Nothing of yours was stored since, and
          nothing will be until you choose.
        </p>
        {problem === null ? null : <p className="font-medium first-letter:uppercase">{problem}</p>}
        {theirs === null ? null : (
          <p className="mt-1">
            The stored revision {theirs.revision} is from <Time iso={theirs.at} style="second" />.
          </p>
        )}
        <div className="mt-2.5 flex flex-wrap gap-2">
          {theirs === null ? (
            <Button size="sm" disabled={busy} onClick={() => void look()}>
              {busy ? "Loading…" : "Look at the stored revision"}
            </Button>
          ) : (
            <>
              <Button size="sm" onClick={() => dispatch({ type: "theirs-taken", saved: theirs })}>
                Take the stored revision, drop mine
              </Button>
              <Button
                size="sm"
                variant="outline"
                onClick={() => dispatch({ type: "mine-kept", saved: theirs })}
              >
                Keep mine, overwrite it
              </Button>
            </>
          )}
          <CopyButton text={text} label="Copy my JSON" />
        </div>
        {theirs === null ? null : (
          <pre className="mt-3 max-h-60 overflow-auto rounded-md border bg-card p-3 font-mono text-xs">
            {theirs.text}
          </pre>
        )}
      </AlertDescription>
    </Alert>
  );
}

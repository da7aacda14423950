"use client";

import { LoaderCircle, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { Time } from "@/components/layout/time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { BacktestView } from "@/lib/domain/manifest/view";
import { formatNumber } from "@/lib/format";
import type { ActionState } from "@/lib/server/action";
import { BacktestRows } from "./backtest-rows";

export type RunBacktestAction = (
  manifestId: string,
) => Promise<ActionState<{ readonly backtestId: string }>>;

/**
 * What the last 30 days of real requests would have got. `auto`: the reader is about to decide, so that a missing or
 * stale one is run without being asked.
 */
export function BacktestPanel({
  manifestId,
  backtest,
  mayRead,
  complete,
  binding,
  auto,
  run,
}: {
  readonly manifestId: string;
  readonly backtest: BacktestView | null;
  /** may the reader see what agents asked for? */
  readonly mayRead: boolean;
  /** is the document a manifest, so that requests can be decided under it? */
  readonly complete: boolean;
  /** does an approval wait, so that a stale one matters? */
  readonly binding: boolean;
  readonly auto: boolean;
  readonly run: RunBacktestAction;
}) {
  const runner = useRunner(manifestId, run);
  const { start } = runner;
  const due = backtest === null || !backtest.fresh;
  const tried = useRef(false);
  useEffect(() => {
    if (!auto || !due || tried.current) return;
    tried.current = true;
    start();
  }, [auto, due, start]);

  if (!mayRead) {
    return (
      <p className="text-sm text-muted-foreground">
        Not shown: your roles do not include reading what agents asked for.
      </p>
    );
  }
  if (!complete) {
    return (
      <p className="text-sm text-muted-foreground">It can run once the document is complete.</p>
    );
  }
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-muted-foreground" role="status">
          <Standing backtest={backtest} seconds={runner.seconds} />
        </p>
        <Button variant="outline" size="sm" disabled={runner.busy} onClick={start}>
          {runner.busy ? (
            <LoaderCircle className="animate-spin" aria-hidden />
          ) : (
            <RefreshCw aria-hidden />
          )}
          {backtest === null ? "Run the backtest" : "Run it again"}
        </Button>
      </div>
      {runner.problem === null ? null : (
        <Alert tone="block" role="alert">
          <AlertTitle>The backtest did not run</AlertTitle>
          <AlertDescription className="first-letter:uppercase">{runner.problem}</AlertDescription>
        </Alert>
      )}
      {binding && backtest !== null && !backtest.fresh && !runner.busy ? (
        <Alert tone="hold">
          <AlertTitle>This backtest is out of date</AlertTitle>
          <AlertDescription>
            Since it ran, the manifest or the one in force changed, or too much time has passed. An
            approval needs a fresh one, because its digest is part of what is signed.
          </AlertDescription>
        </Alert>
      ) : null}
      {backtest === null ? null : <BacktestRows result={backtest.result} />}
    </div>
  );
}

function Standing({
  backtest,
  seconds,
}: {
  readonly backtest: BacktestView | null;
  readonly seconds: number | null;
}) {
  if (seconds !== null) {
    return <>Deciding 30 days of requests again under this manifest… {seconds} s</>;
  }
  if (backtest === null) return <>No backtest has been run for this version.</>;
  const { result } = backtest;
  return (
    <>
      {formatNumber(result.total)} real requests from <Time iso={result.from} style="date" /> to{" "}
      <Time iso={result.to} />; {formatNumber(result.unchanged)} would get the same answer. Run{" "}
      <Time iso={backtest.createdAt} relative />.
    </>
  );
}

/** `seconds` since the run began; null while none is under way. */
function useRunner(manifestId: string, run: RunBacktestAction) {
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!busy) return;
    setSeconds(0);
    const timer = setInterval(() => setSeconds((held) => held + 1), 1000);
    return () => clearInterval(timer);
  }, [busy]);
  const start = useCallback(() => {
    startTransition(async () => {
      setProblem(null);
      const answer = await run(manifestId).catch(() => null);
      if (answer?.status === "error") setProblem(answer.message);
      else if (answer === null) setProblem("the server could not be reached");
      else router.refresh();
    });
  }, [manifestId, run, router]);
  return { busy, problem, start, seconds: busy ? seconds : null };
}

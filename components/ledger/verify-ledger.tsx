"use client";

import { ShieldCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { VerificationResult } from "@/components/ledger/verification-result";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { VerificationMessage } from "@/lib/domain/ledger/report";
import { formatNumber } from "@/lib/format";

type State = VerificationMessage | { readonly type: "idle" } | { readonly type: "starting" };

/** Runs a verification at `action` and shows how far it is, then what was checked. */
export function VerifyLedger({ action }: { readonly action: string }) {
  const [state, setState] = useState<State>({ type: "idle" });
  const router = useRouter();
  const running = state.type === "starting" || state.type === "progress";

  const verify = async () => {
    setState({ type: "starting" });
    try {
      for await (const message of messages(action)) setState(message);
      router.refresh();
    } catch (error) {
      const reason = error instanceof Error ? error.message : "it was interrupted";
      setState({ type: "failure", message: `The ledger could not be verified: ${reason}.` });
    }
  };

  return (
    <section aria-label="Verification" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void verify()} disabled={running}>
          <ShieldCheck aria-hidden />
          {running ? "Verifying…" : "Verify now"}
        </Button>
        {state.type === "idle" ? (
          <p className="text-[13px] text-muted-foreground">
            Recomputes every entry, the tree and every signed head, and records that you did.
          </p>
        ) : null}
        {state.type === "progress" ? (
          <div className="grid min-w-48 gap-1 text-[13px] text-muted-foreground">
            <Progress value={state.done} max={state.total} label="Entries read" />
            {formatNumber(state.done)} of {formatNumber(state.total)} entries
          </div>
        ) : null}
      </div>
      <div aria-live="polite">
        {state.type === "report" ? <VerificationResult report={state.report} /> : null}
        {state.type === "failure" ? (
          <Alert tone="block">
            <AlertTitle>Not verified</AlertTitle>
            <AlertDescription>{state.message}</AlertDescription>
          </Alert>
        ) : null}
      </div>
    </section>
  );
}

/** The lines of the answer, one message each. Throws where the answer is not one, or ends before its outcome. */
async function* messages(action: string): AsyncGenerator<VerificationMessage> {
  const response = await fetch(action, { method: "POST" });
  if (!response.ok || response.body === null) {
    throw new Error(
      response.status === 401 ? "sign in first" : `the server answered ${response.status}`,
    );
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last: VerificationMessage["type"] | null = null;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + read.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = VerificationMessage.parse(JSON.parse(line));
      last = message.type;
      yield message;
    }
  }
  if (last !== "report" && last !== "failure") throw new Error("the answer broke off");
}

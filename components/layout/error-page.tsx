"use client";

import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";

/** What a reader sees after a surprise: nothing of its inside but the number under which the log has it. */
export function ErrorPage({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry: () => void;
}) {
  const digest =
    error instanceof Error && "digest" in error && typeof error.digest === "string"
      ? error.digest
      : null;
  return (
    <MessagePage
      title="This page could not be shown"
      actions={<Button onClick={() => retry()}>Try again</Button>}
    >
      <p>Something went wrong on our side. What you did before is safe; nothing was half-done.</p>
      {digest ? (
        <p>
          If it stays, tell an administrator the number{" "}
          <code className="font-mono text-foreground">{digest}</code>.
        </p>
      ) : null}
    </MessagePage>
  );
}

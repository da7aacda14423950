"use client";

import { ConfirmDialog } from "@/components/layout/confirm-dialog";
import type { FormState } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
import { browserName } from "@/lib/domain/identity/browser-name";

type Session = {
  readonly id: string;
  readonly method: string;
  readonly userAgent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
};

const METHODS: Readonly<Record<string, string>> = {
  password: "with a password",
  passkey: "with a passkey",
  temporary: "with a temporary password",
  demo: "from the demo’s list",
};

/** Where the person is signed in, this browser first said; each can be ended. */
export function SessionList({
  sessions,
  currentId,
  end,
  endOthers,
}: {
  readonly sessions: readonly Session[];
  readonly currentId: string;
  readonly end: (sessionId: string) => Promise<FormState>;
  readonly endOthers: () => Promise<FormState>;
}) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Sessions</CardTitle>
        <CardDescription>
          A session ends after 30 minutes without a click, and at the latest after 12 hours.
        </CardDescription>
        {sessions.length > 1 ? (
          <CardAction>
            <ConfirmDialog
              trigger={
                <Button variant="outline" size="sm">
                  End all others
                </Button>
              }
              title="End all other sessions?"
              description={<p>Every other browser in which you are signed in is signed out.</p>}
              confirm="End the other sessions"
              act={endOthers}
            />
          </CardAction>
        ) : null}
      </CardHeader>
      <CardContent className="p-0">
        <ul className="divide-y">
          {sessions.map((session) => (
            <li
              key={session.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5"
            >
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {browserName(session.userAgent)}
                  {session.id === currentId ? <Badge tone="info">This browser</Badge> : null}
                </p>
                <p className="text-[13px] text-muted-foreground">
                  Signed in {METHODS[session.method] ?? session.method}{" "}
                  <Time iso={session.createdAt} />, last seen{" "}
                  <Time iso={session.lastSeenAt} relative />
                </p>
              </div>
              {session.id === currentId ? null : (
                <ConfirmDialog
                  trigger={
                    <Button variant="ghost" size="sm">
                      End
                    </Button>
                  }
                  title="End this session?"
                  description={<p>{browserName(session.userAgent)} is signed out at once.</p>}
                  confirm="End the session"
                  act={() => end(session.id)}
                />
              )}
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}

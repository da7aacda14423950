"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/layout/confirm-dialog";
import type { FormState } from "@/components/layout/form-status";
import { ReasonDialog } from "@/components/manifest/reason-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { STATUS_MEANING } from "@/lib/domain/agent/lifecycle";
import type { AgentView } from "@/lib/domain/agent/view";

/** Puts the agent into production, or ends it. Each is null for who may not. */
export function LifecycleCard({
  agent,
  produce,
  retire,
}: {
  readonly agent: Pick<AgentView, "id" | "name" | "status" | "obstacles">;
  readonly produce: ((agentId: string) => Promise<FormState>) | null;
  readonly retire: ((agentId: string, reason: string) => Promise<FormState>) | null;
}) {
  const router = useRouter();
  const { id, name, status, obstacles } = agent;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Life cycle</CardTitle>
        <CardDescription>{STATUS_MEANING[status]}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm">
        {produce && status === "registered" ? (
          <>
            {obstacles.length > 0 ? (
              <p>Not ready for production: {obstacles.map(({ words }) => words).join("; ")}.</p>
            ) : null}
            <ConfirmDialog
              trigger={
                <Button className="w-fit" disabled={obstacles.length > 0}>
                  Put into production
                </Button>
              }
              title={`Put ${name} into production`}
              description={
                <p>
                  From now on its requests are decided by its manifest, and what the manifest allows
                  really happens.
                </p>
              }
              confirm="Put into production"
              act={async () => {
                const answer = await produce(id);
                if (answer.status === "ok") router.refresh();
                return answer;
              }}
            />
          </>
        ) : null}
        {retire && status !== "retired" ? (
          <div>
            <ReasonDialog
              trigger="Retire the agent"
              variant="destructive"
              title={`Retire ${name}`}
              description={
                <p>
                  For good: its keys and its manifest are revoked, its sponsorship ends, and every
                  request is refused. Its history stays. An agent with open reviews can’t be
                  retired.
                </p>
              }
              confirm="Retire for good"
              reason={{ label: "Reason", hint: "Recorded in the ledger." }}
              act={(reason) => retire(id, reason)}
            />
          </div>
        ) : null}
      </CardContent>
    </Card>
  );
}

"use client";

import { CircleSlash, Hand, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { FormState } from "@/components/layout/form-status";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ManifestView } from "@/lib/domain/manifest/view";
import { ReasonDialog } from "./reason-dialog";
import { type Reader, WhyNotApprove } from "./why-not-approve";

export type ManifestAct = (input: {
  readonly manifestId: string;
  readonly reason: string;
}) => Promise<FormState>;

/** What the reader may decide here, or in words why they may not. `approve` is the part where the sponsor signs. */
export function DecisionPanel({
  view,
  reader,
  approve,
  actions,
}: {
  readonly view: ManifestView;
  readonly reader: Reader;
  readonly approve: ReactNode;
  readonly actions: {
    readonly returnToOwner: ManifestAct;
    readonly revoke: ManifestAct;
    readonly withdraw: ManifestAct;
  };
}) {
  const { can } = view;
  const first = view.approvals.find(({ stage }) => stage === "first");
  return (
    <Card id="decide" className="scroll-mt-16">
      <CardHeader>
        <CardTitle>{can.approve || can.return ? "Your decision" : TITLES[view.state]}</CardTitle>
        <CardDescription>{standing(view, reader.id)}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        {view.state === "submitted" && first !== undefined ? (
          <Alert tone="info">
            <AlertTitle>One of two signatures is there</AlertTitle>
            <AlertDescription>
              {first.personName} has signed. This agent is critical, so that a second approver must
              sign the same version before it gives any authority.
            </AlertDescription>
          </Alert>
        ) : null}
        {can.approve ? approve : <WhyNotApprove view={view} reader={reader} />}
        <div className="flex flex-wrap gap-2 empty:hidden">
          {can.return ? (
            <ReasonDialog
              variant="outline"
              trigger={
                <>
                  <Undo2 aria-hidden />
                  Return with reasons…
                </>
              }
              title={`Return version ${view.version} to ${view.author.name}?`}
              description={
                <p>
                  {view.author.name} is told and can change it and submit it again. It gives no
                  authority meanwhile; what is in force stays in force. Your reasons are recorded.
                </p>
              }
              confirm="Return it"
              reason={{
                label: "What must be different",
                hint: "At least 10 characters. The owner reads this.",
              }}
              act={bound(actions.returnToOwner, view.id)}
            />
          ) : null}
          {can.withdraw ? (
            <ReasonDialog
              variant="outline"
              trigger={
                <>
                  <Hand aria-hidden />
                  Withdraw…
                </>
              }
              title={`Withdraw version ${view.version}?`}
              description={
                <p>
                  It becomes a draft again that you can edit. The sponsor no longer sees it as
                  waiting. That it was submitted and withdrawn stays in the ledger.
                </p>
              }
              confirm="Withdraw it"
              act={bound(actions.withdraw, view.id)}
            />
          ) : null}
          {can.revoke ? (
            <ReasonDialog
              variant="destructive"
              trigger={
                <>
                  <CircleSlash aria-hidden />
                  Revoke…
                </>
              }
              title={`Revoke version ${view.version} of ${view.agent.name}?`}
              description={
                <>
                  <p>
                    At once, every request of {view.agent.name} is refused: without a manifest in
                    force it has no authority at all.
                  </p>
                  <p>
                    It can't be undone. For the agent to work again, a new version must be submitted
                    and approved. Your reason is recorded under your name.
                  </p>
                </>
              }
              confirm="Revoke it now"
              reason={{ label: "Why", hint: "At least 10 characters." }}
              act={bound(actions.revoke, view.id)}
            />
          ) : null}
        </div>
      </CardContent>
    </Card>
  );
}

function bound(act: ManifestAct, manifestId: string) {
  return (reason: string) => act({ manifestId, reason });
}

const TITLES: Readonly<Record<ManifestView["state"], string>> = {
  draft: "Not submitted",
  submitted: "Waiting for a decision",
  approved: "In force",
  superseded: "Superseded",
  returned: "Returned to the owner",
  revoked: "Revoked",
};

function standing(view: ManifestView, readerId: string): string {
  const { state, sponsor } = view;
  switch (state) {
    case "draft":
      return "It is being written and gives no authority.";
    case "submitted":
      if (view.approvals.length > 0) return "It waits for a second approver. No authority yet.";
      if (sponsor === null) return "It waits, but no sponsor is assigned to this agent.";
      return sponsor.personId === readerId
        ? "It waits for you. It gives no authority yet."
        : `It waits for ${sponsor.name}${sponsor.kind === "deputy" ? ", who stands in for the sponsor" : ""}. It gives no authority yet.`;
    case "approved":
      return "Each request of the agent is decided by it.";
    case "returned":
      return "It was sent back with reasons and gives no authority.";
    case "superseded":
      return "A later version decides now.";
    case "revoked":
      return "It was withdrawn by a person and gives no authority.";
  }
}

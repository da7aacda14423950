"use client";

import {
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from "@simplewebauthn/browser";
import { OctagonX } from "lucide-react";
import { useState } from "react";
import { ActForm } from "@/components/incident/act-form";
import { type FormState, fieldError } from "@/components/layout/form-status";
import { ReasonField } from "@/components/layout/reason-field";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FIRM_STOP_PHRASE } from "@/lib/domain/containment/firm-stop";
import type { FirmStopReach } from "@/lib/domain/containment/view";
import { AuthenticationResponse } from "@/lib/domain/identity/step-up";
import { formatCount } from "@/lib/format";
import type { ActionState } from "@/lib/server/action";

type Begin = (input: unknown) => Promise<ActionState<PublicKeyCredentialRequestOptionsJSON>>;
type Props = {
  readonly reach: FirmStopReach;
  readonly begin: Begin;
  readonly act: (input: unknown) => Promise<FormState>;
};

/** The switch that stops every agent of the firm: typed, reasoned, and proven by the person. */
export function FirmStopCard(props: Props) {
  const { inProduction, stopped } = props.reach;
  const [open, setOpen] = useState(false);
  const stops = inProduction - stopped;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Firm-wide switch</CardTitle>
        <CardDescription>
          Stops every agent in production at once, all or none: {formatCount(stops, "agent")} now
          {stopped > 0 ? `, ${stopped} of ${inProduction} are stopped already` : ""}. Lifting stays
          with those who answer for each.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <Dialog open={open} onOpenChange={setOpen}>
          <DialogTrigger asChild>
            <Button variant="destructive">
              <OctagonX aria-hidden />
              Stop all agents
            </Button>
          </DialogTrigger>
          <DialogContent>
            <DialogHeader>
              <DialogTitle>Stop all agents of the firm</DialogTitle>
              <DialogDescription>
                {formatCount(stops, "agent")} in production will be refused from the next request
                on, at every gateway. Everybody who answers for one is told.
              </DialogDescription>
            </DialogHeader>
            <FirmStopForm {...props} done={() => setOpen(false)} />
          </DialogContent>
        </Dialog>
      </CardContent>
    </Card>
  );
}

function FirmStopForm({ reach, begin, act, done }: Props & { readonly done: () => void }) {
  const [phrase, setPhrase] = useState("");
  const [reason, setReason] = useState("");
  const [password, setPassword] = useState("");
  const typed = phrase.trim().toLowerCase() === FIRM_STOP_PHRASE;
  const provable = reach.hasPasskey || (reach.passwordAllowed && password !== "");

  const send = async (): Promise<FormState> => {
    if (password !== "") {
      return act({ phrase, reason, proof: { kind: "password", password } });
    }
    const begun = await begin({ reason: reason.trim() });
    if (begun.status !== "ok") return begun;
    try {
      const response = await startAuthentication({ optionsJSON: begun.value });
      const proof = { kind: "passkey", response: AuthenticationResponse.parse(response) };
      return await act({ phrase, reason, proof });
    } catch (error) {
      if (error instanceof Error && error.name === "NotAllowedError") {
        const message = "the passkey was not used: it was cancelled, or the time was up";
        return { status: "error", message };
      }
      throw error;
    }
  };

  return (
    <ActForm
      act={send}
      confirm="Stop all agents now"
      variant="destructive"
      shown={["phrase", "reason", "password"]}
      disabled={!typed || !provable}
      done={done}
    >
      {(state) => (
        <>
          <Field label={`Type “${FIRM_STOP_PHRASE}”`} error={fieldError(state, "phrase")} required>
            {(control) => (
              <Input
                {...control}
                value={phrase}
                autoComplete="off"
                maxLength={40}
                onChange={(event) => setPhrase(event.target.value)}
              />
            )}
          </Field>
          <ReasonField label="Reason" value={reason} onChange={setReason} state={state} />
          <Proof
            reach={reach}
            password={password}
            onPassword={setPassword}
            error={fieldError(state, "password")}
          />
        </>
      )}
    </ActForm>
  );
}

function Proof({
  reach,
  password,
  onPassword,
  error,
}: {
  readonly reach: FirmStopReach;
  readonly password: string;
  readonly onPassword: (password: string) => void;
  readonly error: string | undefined;
}) {
  if (!reach.passwordAllowed) {
    return (
      <p className="text-[13px] text-muted-foreground">
        {reach.hasPasskey
          ? "Your passkey signs this stop and its reason."
          : "It takes a passkey to throw the switch. Add one in your settings; you can still stop each agent on its page."}
      </p>
    );
  }
  return (
    <Field
      label="Your password"
      hint={
        reach.hasPasskey
          ? "Leave it empty to confirm with your passkey, which is stronger evidence."
          : "Only in this demonstration; the ledger says that a password was used."
      }
      error={error}
      required={!reach.hasPasskey}
    >
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={password}
          onChange={(event) => onPassword(event.target.value)}
        />
      )}
    </Field>
  );
}

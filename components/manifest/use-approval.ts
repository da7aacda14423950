import {
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from "@simplewebauthn/browser";
import { useCallback, useState } from "react";
import { toast } from "sonner";
import { AuthenticationResponse, type StepUpProof } from "@/lib/domain/identity/step-up";
import type { ApprovalStatement, Stage } from "@/lib/domain/manifest/approval";
import type { ActionState } from "@/lib/server/action";

/** What the server will have signed, and with what. */
export type Prepared = {
  readonly statement: ApprovalStatement;
  readonly digest: string;
  readonly stage: Stage;
  readonly passwordAllowed: boolean;
  /** null: the person has no passkey */
  readonly passkeyOptions: PublicKeyCredentialRequestOptionsJSON | null;
};

export type PrepareApprovalAction = (input: {
  readonly manifestId: string;
  readonly backtestId: string;
  readonly attestation: string;
}) => Promise<ActionState<Prepared>>;

export type ApproveAction = (input: {
  readonly manifestId: string;
  readonly backtestId: string;
  readonly attestation: string;
  readonly at: string;
  readonly proof: StepUpProof;
}) => Promise<ActionState<{ readonly state: string; readonly stage: Stage; readonly seq: string }>>;

type Phase =
  | { readonly name: "idle" }
  | { readonly name: "preparing" }
  | { readonly name: "ready"; readonly prepared: Prepared }
  | { readonly name: "signing"; readonly prepared: Prepared }
  | { readonly name: "signed"; readonly stage: Stage; readonly seq: string };

const LOST = "the server could not be reached; reload the page to see whether it was recorded";

/** The steps of an approval: the server states what is signed, the person signs it, the server records it. */
export function useApproval(
  manifestId: string,
  actions: { readonly prepare: PrepareApprovalAction; readonly approve: ApproveAction },
) {
  const [phase, setPhase] = useState<Phase>({ name: "idle" });
  const [problem, setProblem] = useState<string | null>(null);
  const { prepare, approve } = actions;

  const begin = useCallback(
    async (backtestId: string, attestation: string) => {
      setProblem(null);
      setPhase({ name: "preparing" });
      const answer = await prepare({ manifestId, backtestId, attestation }).catch(() => null);
      if (answer?.status === "ok") {
        setPhase({ name: "ready", prepared: answer.value });
        return;
      }
      setPhase({ name: "idle" });
      setProblem(answer?.status === "error" ? answer.message : "the server could not be reached");
    },
    [manifestId, prepare],
  );

  const sign = useCallback(
    async (prepared: Prepared, prove: (prepared: Prepared) => Promise<StepUpProof>) => {
      setProblem(null);
      setPhase({ name: "signing", prepared });
      const back = (message: string) => {
        setProblem(message);
        setPhase({ name: "ready", prepared });
      };
      let proof: StepUpProof;
      try {
        proof = await prove(prepared);
      } catch (error) {
        back(passkeyProblem(error));
        return;
      }
      const { backtestId, attestation, at } = prepared.statement;
      const answer = await approve({ manifestId, backtestId, attestation, at, proof }).catch(
        () => null,
      );
      if (answer?.status === "ok") {
        const { stage, seq } = answer.value;
        setPhase({ name: "signed", stage, seq });
        // The page draws itself anew at once, and this panel may be gone by then.
        toast.success(stage === "first" ? "First signature recorded" : "Approved", {
          description: `Ledger entry #${seq}`,
        });
      } else back(answer?.status === "error" ? answer.message : LOST);
    },
    [manifestId, approve],
  );

  const cancel = useCallback(() => {
    setProblem(null);
    setPhase({ name: "idle" });
  }, []);

  return { phase, problem, begin, sign, cancel };
}

/** Asks the person's passkey to sign the statement's digest. */
export async function passkeyProof({ passkeyOptions }: Prepared): Promise<StepUpProof> {
  if (passkeyOptions === null) throw new Error("no passkey is registered");
  const response = await startAuthentication({ optionsJSON: passkeyOptions });
  return { kind: "passkey", response: AuthenticationResponse.parse(response) };
}

/** What went wrong between the browser and the authenticator, in words (WebAuthn Level 3 §5.1.4). */
function passkeyProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "AbortError":
      return "the passkey was not used: it was cancelled, or the time was up. Nothing was recorded";
    case "SecurityError":
      return "this address may not use your passkey. Open the console under the address where you registered it";
    case "InvalidStateError":
      return "this device does not know the passkey. Use the device that you registered";
    default:
      return "the passkey could not be used. Nothing was recorded";
  }
}

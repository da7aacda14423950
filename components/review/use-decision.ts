import {
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from "@simplewebauthn/browser";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useAct } from "@/components/layout/use-act";
import { AuthenticationResponse, type StepUpProof } from "@/lib/domain/identity/step-up";
import type { ActionState } from "@/lib/server/action";

type Sent = { readonly reviewId: string; readonly reason: string; readonly seen: string };

export type DecisionActions = {
  readonly resolve: (
    input: Sent & { readonly resolution: string; readonly proof?: StepUpProof },
  ) => Promise<ActionState<unknown>>;
  readonly amend: (input: Sent) => Promise<ActionState<unknown>>;
  readonly escalate: (input: Sent) => Promise<ActionState<unknown>>;
  readonly begin: (input: {
    readonly reviewId: string;
    readonly resolution: string;
  }) => Promise<ActionState<PublicKeyCredentialRequestOptionsJSON>>;
};

/** How the person shows that it is them. */
export type Proving =
  | { readonly by: "session" }
  | { readonly by: "passkey" }
  | { readonly by: "password"; readonly password: string };

/** Sends what the person chose; what they typed stays where it is when it is refused. */
export function useDecision(actions: DecisionActions) {
  const router = useRouter();
  const { state, pending, run, reset } = useAct();

  const send = (choice: string, sent: Sent, proving: Proving) =>
    run(
      () => perform(actions, choice, sent, proving),
      () => {
        toast.success(choice === "escalate" ? "Handed to compliance" : "Recorded in the ledger");
        router.refresh();
      },
    );
  return { state, pending, send, reset };
}

async function perform(
  actions: DecisionActions,
  choice: string,
  sent: Sent,
  proving: Proving,
): Promise<ActionState<unknown>> {
  if (choice === "escalate") return actions.escalate(sent);
  if (choice === "amend") return actions.amend(sent);
  if (proving.by === "session") return actions.resolve({ ...sent, resolution: choice });
  if (proving.by === "password") {
    const proof = { kind: "password", password: proving.password } as const;
    return actions.resolve({ ...sent, resolution: choice, proof });
  }
  const begun = await actions.begin({ reviewId: sent.reviewId, resolution: choice });
  if (begun.status !== "ok") return begun;
  try {
    const response = await startAuthentication({ optionsJSON: begun.value });
    const proof = { kind: "passkey", response: AuthenticationResponse.parse(response) } as const;
    return await actions.resolve({ ...sent, resolution: choice, proof });
  } catch (error) {
    if (error instanceof Error && error.name === "NotAllowedError") {
      return failed("the passkey was not used: it was cancelled, or the time was up");
    }
    throw error;
  }
}

function failed(message: string): ActionState<unknown> {
  return { status: "error", code: "forbidden", message, fields: [] };
}

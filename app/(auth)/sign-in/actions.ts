"use server";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { type ActionState, attempt } from "@/lib/server/action";
import { beginPasskeySignIn } from "@/lib/server/identity/begin-passkey-sign-in";

/** Open to everyone: it gives out a challenge that is worth nothing without a registered passkey. */
export async function beginPasskeySignInAction(): Promise<
  ActionState<PublicKeyCredentialRequestOptionsJSON>
> {
  return attempt(() => beginPasskeySignIn(new Date()));
}

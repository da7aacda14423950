"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import type { FormState } from "@/components/layout/form-status";

const IDLE: FormState = { status: "idle" };

/** Asks one of the sign-in providers and, when it says yes, goes on to `next` with a fresh page. */
export function useSignIn(next: string) {
  const [state, setState] = useState<FormState>(IDLE);
  const [busy, setBusy] = useState(false);

  const run = async (
    provider: "password" | "passkey" | "demo",
    given: () => Promise<Record<string, string>> | Record<string, string>,
  ) => {
    setBusy(true);
    setState(IDLE);
    try {
      const answer = await signIn(provider, { ...(await given()), redirect: false });
      if (answer?.ok && !answer.error) {
        window.location.assign(next);
        return;
      }
      setState({ status: "error", message: answer?.error ?? "that did not work: try again" });
    } catch (error) {
      setState({ status: "error", message: passkeyMessage(error) });
    }
    setBusy(false);
  };
  return { state, busy, run };
}

/** What a browser's refusal means to a person (WebAuthn Level 3 §5.1.3). */
export function passkeyMessage(error: unknown): string {
  if (!(error instanceof Error)) return "that did not work: try again";
  if (error.name === "NotAllowedError") {
    return "no passkey was used: the request was cancelled, or it timed out";
  }
  if (error.name === "InvalidStateError") return "this device has a passkey for you already";
  if (error.name === "TypeError") return "the server could not be reached: try again";
  return error.message;
}

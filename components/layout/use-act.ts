"use client";

import { unstable_rethrow } from "next/navigation";
import { useCallback, useState, useTransition } from "react";
import type { FormState } from "@/components/layout/form-status";

const IDLE: FormState = { status: "idle" };

/**
 * Runs a server action outside of a form's own `action`, so that what was typed stays when it is refused. `state` goes to
 * FormStatus; `done` runs after a success, with the action's answer.
 */
export function useAct() {
  const [state, setState] = useState<FormState>(IDLE);
  const [pending, start] = useTransition();
  const run = useCallback(
    <State extends FormState>(
      act: () => Promise<State>,
      done?: (answer: Extract<State, { readonly status: "ok" }>) => void,
    ) => {
      setState(IDLE);
      start(async () => {
        try {
          const answer = await act();
          setState(answer);
          if (isOk(answer)) done?.(answer);
        } catch (error) {
          unstable_rethrow(error);
          setState({ status: "error", message: "the server could not be reached: try again" });
        }
      });
    },
    [],
  );
  const reset = useCallback(() => setState(IDLE), []);
  return { state, pending, run, reset, setState };
}

function isOk<State extends FormState>(
  state: State,
): state is Extract<State, { readonly status: "ok" }> {
  return state.status === "ok";
}

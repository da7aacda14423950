import { type Dispatch, useCallback, useEffect, useRef } from "react";
import type { ActionState } from "@/lib/server/action";
import { type EditorEvent, type EditorState, isDirty, type Saved } from "./editor-state";

export type SaveDraftAction = (input: {
  readonly manifestId: string;
  readonly revision: number;
  readonly text: string;
}) => Promise<ActionState<{ readonly revision: number; readonly at: string }>>;

const PAUSE_MS = 900;
const RETRY_MS = 5_000;

/**
 * Saves the text after each pause in typing, one save at a time, always on the revision that was stored last. Returns
 * `flush`: save now what is unsaved, and give what the server then holds, or null where it could not be saved.
 */
export function useAutosave(
  manifestId: string,
  state: EditorState,
  dispatch: Dispatch<EditorEvent>,
  save: SaveDraftAction,
): () => Promise<Saved | null> {
  const latest = useRef(state);
  const stored = useRef(state.saved);
  const running = useRef<Promise<Saved | null> | null>(null);
  useEffect(() => {
    latest.current = state;
    if (state.saved.revision >= stored.current.revision) stored.current = state.saved;
  }, [state]);

  const saveOnce = useCallback(async (): Promise<Saved | null> => {
    const { text } = latest.current;
    dispatch({ type: "save-started" });
    const answer = await save({ manifestId, revision: stored.current.revision, text }).catch(
      () => null,
    );
    if (answer === null) {
      const message = "No connection to the server; trying again.";
      dispatch({ type: "save-failed", message, retry: true });
      return null;
    }
    if (answer.status === "ok") {
      stored.current = { text, revision: answer.value.revision, at: answer.value.at };
      dispatch({ type: "save-done", saved: stored.current });
      return stored.current;
    }
    if (answer.status === "error" && answer.code === "stale") {
      dispatch({ type: "save-conflicted" });
    } else {
      const message = answer.status === "error" ? answer.message : "the server gave no answer";
      const retry = answer.status === "error" && answer.code === "unexpected";
      dispatch({ type: "save-failed", message, retry });
    }
    return null;
  }, [manifestId, dispatch, save]);

  const flush = useCallback(async (): Promise<Saved | null> => {
    for (;;) {
      if (running.current !== null) await running.current;
      const now = latest.current;
      if (now.text === stored.current.text) return stored.current;
      if (now.unreadable !== null || now.saving.status === "conflict") return null;
      running.current = saveOnce().finally(() => {
        running.current = null;
      });
      if ((await running.current) === null) return null;
    }
  }, [saveOnce]);

  const dirty = isDirty(state);
  const { text, unreadable, saving } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the text starts the pause anew.
  useEffect(() => {
    const waits = saving.status === "failed" && saving.retry;
    const may = saving.status === "idle" || waits;
    if (!dirty || unreadable !== null || !may) return;
    const timer = setTimeout(() => void flush(), waits ? RETRY_MS : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, dirty, unreadable, saving, flush]);

  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === "hidden") void flush();
    };
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      // The browser's back button asks nobody.
      void flush();
    };
  }, [flush]);

  return flush;
}

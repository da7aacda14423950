"use client";

import {
  createContext,
  type Dispatch,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { pointer } from "@/lib/domain/manifest/document";
import type { Diagnosis } from "./diagnose";
import { valueAt } from "./document-read";
import type { EditorEvent, EditorState } from "./editor-state";
import type { Path, TextEdit } from "./json-text";
import { focusPlace } from "./place";

/** What the form's parts share. */
type FormEditor = {
  readonly locked: boolean;
  readonly valueAt: (path: Path) => unknown;
  /** undefined takes the member away */
  readonly set: (path: Path, value: unknown) => void;
  /** changes the text, then moves the focus to `focus` (JSON pointer) where given */
  readonly change: (edit: TextEdit, focus?: string) => void;
  /** what is wrong exactly here; with `deep`, also below */
  readonly errorsAt: (path: Path, deep?: boolean) => readonly string[];
};

const Context = createContext<FormEditor | null>(null);

export function FormEditorProvider({
  state,
  diagnosis,
  dispatch,
  children,
}: {
  readonly state: EditorState;
  readonly diagnosis: Diagnosis;
  readonly dispatch: Dispatch<EditorEvent>;
  readonly children: ReactNode;
}) {
  const wanted = useRef<string | null>(null);
  const { form, text } = state;
  const locked = state.unreadable !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the place to focus exists once the changed text is drawn.
  useEffect(() => {
    if (wanted.current === null) return;
    focusPlace(wanted.current);
    wanted.current = null;
  }, [text]);

  const change = useCallback(
    (edit: TextEdit, focus?: string) => {
      wanted.current = focus ?? null;
      dispatch({ type: "edited", edit });
    },
    [dispatch],
  );
  const editor = useMemo<FormEditor>(
    () => ({
      locked,
      valueAt: (path) => valueAt(form, path),
      set: (path, value) =>
        dispatch({
          type: "edited",
          edit: value === undefined ? { op: "remove", path } : { op: "set", path, value },
        }),
      change,
      errorsAt: (path, deep = false) => errorsAt(diagnosis, pointer(path), deep),
    }),
    [form, locked, diagnosis, dispatch, change],
  );
  return <Context value={editor}>{children}</Context>;
}

/** The form's editor; only below `FormEditorProvider`. */
export function useFormEditor(): FormEditor {
  const editor = use(Context);
  if (editor === null) throw new Error("useFormEditor needs a FormEditorProvider");
  return editor;
}

function errorsAt(diagnosis: Diagnosis, at: string, deep: boolean): readonly string[] {
  const blocking = [
    ...diagnosis.problems,
    ...diagnosis.findings.filter(({ severity }) => severity === "error"),
  ];
  const here = blocking.filter(({ path }) => path === at || (deep && path.startsWith(`${at}/`)));
  return here.map(({ path, message }) => {
    const rest = path.slice(at.length + 1);
    return /^\d+$/.test(rest) ? `Entry ${Number(rest) + 1}: ${message}` : message;
  });
}

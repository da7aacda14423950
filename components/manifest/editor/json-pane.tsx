"use client";

import { json } from "@codemirror/lang-json";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import CodeMirror, { EditorView, Prec, type ReactCodeMirrorRef } from "@uiw/react-codemirror";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Diagnosis } from "./diagnose";
import type { TextRange } from "./json-text";

const SEVERITY = { error: "error", warning: "warning", note: "info" } as const;

const THEME = EditorView.theme({
  "&": { backgroundColor: "var(--card)", fontSize: "12.5px", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--ring)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--font-mono, monospace)", lineHeight: "1.6" },
  ".cm-gutters": {
    backgroundColor: "var(--muted)",
    color: "var(--muted-foreground)",
    borderRight: "1px solid var(--border)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in oklab, var(--accent) 45%, transparent)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--popover)",
    color: "var(--popover-foreground)",
    border: "1px solid var(--border)",
    maxWidth: "min(28rem, 90vw)",
  },
});
const EXTENSIONS = [
  json(),
  lintGutter(),
  EditorView.lineWrapping,
  // The dark and light themes bring grounds of their own.
  Prec.highest(THEME),
  EditorView.contentAttributes.of({ "aria-label": "Manifest as JSON", tabindex: "0" }),
];
const SETUP = { autocompletion: false, foldGutter: true };

/** The document as JSON, with every problem and finding marked at its place. F8 goes to the next. Tab leaves the editor. */
export function JsonPane({
  text,
  diagnosis,
  shown,
  onType,
}: {
  readonly text: string;
  readonly diagnosis: Diagnosis;
  /** a place to select and scroll to; a new object each time */
  readonly shown: TextRange | null;
  readonly onType: (text: string) => void;
}) {
  const editor = useRef<ReactCodeMirrorRef>(null);
  const dark = useDark();

  useEffect(() => {
    const view = editor.current?.view;
    // Offsets mean something only in the text that they were computed for.
    if (!view || view.state.doc.toString() !== diagnosis.text) return;
    view.dispatch(
      setDiagnostics(
        view.state,
        diagnosis.markers.map((marker) => ({ ...marker, severity: SEVERITY[marker.severity] })),
      ),
    );
  }, [diagnosis]);

  useEffect(() => {
    const view = editor.current?.view;
    if (!view || shown === null || shown.to > view.state.doc.length) return;
    view.dispatch({
      selection: { anchor: shown.from, head: shown.to },
      effects: EditorView.scrollIntoView(shown.from, { y: "center" }),
    });
    view.focus();
  }, [shown]);

  return (
    <CodeMirror
      ref={editor}
      value={text}
      theme={dark ? "dark" : "light"}
      height="100%"
      className="min-h-0 flex-1 overflow-hidden rounded-lg border"
      indentWithTab={false}
      basicSetup={SETUP}
      extensions={EXTENSIONS}
      onCreateEditor={(view) => {
        view.dispatch(
          setDiagnostics(
            view.state,
            diagnosis.markers.map((marker) => ({ ...marker, severity: SEVERITY[marker.severity] })),
          ),
        );
      }}
      onChange={onType}
    />
  );
}

/** Whether the page is dark: the person's choice (data-theme), otherwise the system's. */
function useDark(): boolean {
  return useSyncExternalStore(watchTheme, readTheme, () => false);
}

function readTheme(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "dark" || chosen === "light") return chosen === "dark";
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
}

function watchTheme(changed: () => void): () => void {
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    query.removeEventListener("change", changed);
    observer.disconnect();
  };
}

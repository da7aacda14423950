"use client";

// First: before any schema is built.
import "../no-eval";

import dynamic from "next/dynamic";
import { useCallback, useDeferredValue, useMemo, useReducer, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { Tier } from "@/lib/domain/agent/tier";
import { ConflictAlert, type LoadDraftAction } from "./conflict-alert";
import { diagnose } from "./diagnose";
import { FormEditorProvider } from "./editor-context";
import { editorReducer, isDirty, openEditor, type Saved } from "./editor-state";
import { FormPane } from "./form-pane";
import { rangeOf, type TextRange } from "./json-text";
import { LeaveGuard } from "./leave-guard";
import { focusPlace } from "./place";
import { PreviewPane } from "./preview-pane";
import { SaveStatus } from "./save-status";
import { type SubmitAction, SubmitDialog } from "./submit-dialog";
import { type SaveDraftAction, useAutosave } from "./use-autosave";

const JsonPane = dynamic(() => import("./json-pane").then(({ JsonPane: Pane }) => Pane), {
  ssr: false,
  loading: () => <Skeleton className="h-full min-h-60" />,
});

type EditorActions = {
  readonly save: SaveDraftAction;
  readonly load: LoadDraftAction;
  readonly submit: SubmitAction;
};

type EditorProps = {
  readonly manifest: {
    readonly id: string;
    readonly version: number;
    readonly agentId: string;
    readonly agentName: string;
    readonly tier: Tier;
    readonly sponsorName: string | null;
  };
  readonly saved: Saved;
  /** RFC 3339: the moment that the checks count from */
  readonly now: string;
  readonly actions: EditorActions;
};

// Narrow screens show one pane at a time; from `lg` on all three are there.
const PANE = "max-lg:data-[state=inactive]:hidden";

/** A form and its JSON, kept in step, with what they mean beside them. */
export function ManifestEditor({ manifest, saved, now, actions }: EditorProps) {
  const [state, dispatch] = useReducer(editorReducer, saved, openEditor);
  const [pane, setPane] = useState("form");
  const [shown, setShown] = useState<TextRange | null>(null);
  const flush = useAutosave(manifest.id, state, dispatch, actions.save);
  const deferred = useDeferredValue(state.text);
  const diagnosis = useMemo(
    () =>
      diagnose(deferred, { now: new Date(now), tier: manifest.tier, agentId: manifest.agentId }),
    [deferred, now, manifest.tier, manifest.agentId],
  );
  const type = useCallback((text: string) => dispatch({ type: "typed", text }), []);

  const show = (path: string) => {
    setPane("form");
    // The form must be on screen before anything in it can take the focus.
    requestAnimationFrame(() => {
      if (state.unreadable === null && focusPlace(path)) return;
      setPane("json");
      setShown({ ...rangeOf(state.text, path) });
    });
  };

  return (
    <div className="grid min-w-0 gap-4">
      <div className="sticky top-12 z-20 -mx-1 flex flex-wrap items-center justify-between gap-3 border-b bg-background px-1 py-2">
        <SaveStatus state={state} />
        <div className="flex items-center gap-3">
          {diagnosis.submittable ? null : (
            <p className="hidden text-[13px] text-muted-foreground sm:block">
              To submit, mend what must be mended.
            </p>
          )}
          <SubmitDialog
            manifestId={manifest.id}
            version={manifest.version}
            agentName={manifest.agentName}
            sponsorName={manifest.sponsorName}
            diagnosis={diagnosis}
            flush={flush}
            submit={actions.submit}
          />
        </div>
      </div>
      {state.saving.status === "conflict" ? (
        <ConflictAlert
          manifestId={manifest.id}
          text={state.text}
          load={actions.load}
          dispatch={dispatch}
        />
      ) : null}
      <FormEditorProvider state={state} diagnosis={diagnosis} dispatch={dispatch}>
        <Tabs value={pane} onValueChange={setPane}>
          <TabsList aria-label="Ways to see the manifest" className="lg:hidden">
            <TabsTrigger value="form">Form</TabsTrigger>
            <TabsTrigger value="json">JSON</TabsTrigger>
            <TabsTrigger value="preview">Preview</TabsTrigger>
          </TabsList>
          <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <TabsContent value="form" forceMount className={PANE}>
              <FormPane unreadable={state.unreadable} />
            </TabsContent>
            <div className="grid min-w-0 gap-4 lg:sticky lg:top-[6.75rem] lg:h-[calc(100dvh-7.75rem)] lg:grid-rows-2">
              <TabsContent
                value="json"
                forceMount
                className={`flex h-[70dvh] min-h-0 flex-col gap-1 lg:h-auto ${PANE}`}
              >
                <p className="flex flex-wrap justify-between gap-x-3 text-xs text-muted-foreground">
                  <span>
                    JSON, checked against{" "}
                    <a
                      className="link"
                      href="/schemas/intent-manifest.v1.json"
                      target="_blank"
                      rel="noopener"
                    >
                      the published schema
                    </a>
                  </span>
                  <span className="max-sm:hidden">
                    <Kbd>F8</Kbd> next problem · <Kbd>Tab</Kbd> leaves
                  </span>
                </p>
                <JsonPane text={state.text} diagnosis={diagnosis} shown={shown} onType={type} />
              </TabsContent>
              <TabsContent
                value="preview"
                forceMount
                tabIndex={0}
                className={`min-h-0 rounded-lg border bg-card p-4 -outline-offset-2 lg:overflow-y-auto ${PANE}`}
              >
                <PreviewPane diagnosis={diagnosis} onShow={show} />
              </TabsContent>
            </div>
          </div>
        </Tabs>
      </FormEditorProvider>
      <LeaveGuard dirty={isDirty(state)} flush={flush} />
    </div>
  );
}

"use client";

import { CircleAlert, CircleCheck, CloudOff, LoaderCircle, PencilLine } from "lucide-react";
import { Time } from "@/components/layout/time";
import { type EditorState, isDirty } from "./editor-state";

/** Where the text stands: saved and when, being saved, or why not. */
export function SaveStatus({ state }: { readonly state: EditorState }) {
  return (
    <p
      role="status"
      className="flex items-center gap-1.5 text-[13px] text-muted-foreground [&_svg]:size-4 [&_svg]:shrink-0"
    >
      <Words state={state} />
    </p>
  );
}

function Words({ state }: { readonly state: EditorState }) {
  const { saving } = state;
  if (saving.status === "conflict") {
    return (
      <>
        <CircleAlert className="text-block" aria-hidden /> Not saved: changed elsewhere
      </>
    );
  }
  if (state.unreadable !== null && isDirty(state)) {
    return (
      <>
        <CircleAlert className="text-hold" aria-hidden /> Not saved: the JSON can't be read yet
      </>
    );
  }
  if (saving.status === "failed") {
    return (
      <>
        <CloudOff className="text-block" aria-hidden /> Not saved: {saving.message}
      </>
    );
  }
  if (saving.status === "saving") {
    return (
      <>
        <LoaderCircle className="animate-spin" aria-hidden /> Saving…
      </>
    );
  }
  if (isDirty(state)) {
    return (
      <>
        <PencilLine aria-hidden /> Unsaved changes
      </>
    );
  }
  return (
    <>
      <CircleCheck className="text-allow" aria-hidden /> Saved{" "}
      <Time iso={state.saved.at} style="clock" />
    </>
  );
}

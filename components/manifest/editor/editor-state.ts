import type { JsonObject } from "@/lib/domain/manifest/document";
import { parseDocumentText } from "@/lib/domain/manifest/document";
import { applyEdit, syntaxProblem, type TextEdit } from "./json-text";

/** What happens to the text on its way to the server. */
type Saving =
  | { readonly status: "idle" }
  | { readonly status: "saving" }
  /** `retry`: the same text may succeed later (no connection) */
  | { readonly status: "failed"; readonly message: string; readonly retry: boolean }
  /** someone saved another revision since this one was read */
  | { readonly status: "conflict" };

/** `at`: RFC 3339, when this text was stored. */
export type Saved = { readonly text: string; readonly revision: number; readonly at: string };

/** INVARIANT: `text` is the only truth; `form` is the last document that it could be read as. */
export type EditorState = {
  readonly text: string;
  readonly form: JsonObject;
  /** why `text` can't be read at present, so that the form shows an earlier state and can't be changed */
  readonly unreadable: string | null;
  readonly saved: Saved;
  readonly saving: Saving;
};

export type EditorEvent =
  | { readonly type: "typed"; readonly text: string }
  | { readonly type: "edited"; readonly edit: TextEdit }
  | { readonly type: "save-started" }
  | { readonly type: "save-done"; readonly saved: Saved }
  | { readonly type: "save-failed"; readonly message: string; readonly retry: boolean }
  | { readonly type: "save-conflicted" }
  /** after a conflict: take what the server holds, and drop what is here */
  | { readonly type: "theirs-taken"; readonly saved: Saved }
  /** after a conflict: keep what is here, to be saved over what the server holds */
  | { readonly type: "mine-kept"; readonly saved: Saved };

/** The editor as it opens. */
export function openEditor(saved: Saved): EditorState {
  return read(
    { text: "", form: {}, unreadable: null, saved, saving: { status: "idle" } },
    saved.text,
  );
}

/** Is there something here that the server does not hold? */
export function isDirty(state: EditorState): boolean {
  return state.text !== state.saved.text;
}

/** The one place where the editor's state changes. */
export function editorReducer(state: EditorState, event: EditorEvent): EditorState {
  switch (event.type) {
    case "typed":
      return event.text === state.text ? state : changed(state, event.text);
    case "edited":
      // The form shows an earlier document then; an edit made on it would undo what is being typed.
      if (state.unreadable !== null) return state;
      return changed(state, applyEdit(state.text, event.edit));
    case "save-started":
      return { ...state, saving: { status: "saving" } };
    case "save-done":
      return { ...state, saved: event.saved, saving: { status: "idle" } };
    case "save-failed":
      return {
        ...state,
        saving: { status: "failed", message: event.message, retry: event.retry },
      };
    case "save-conflicted":
      return { ...state, saving: { status: "conflict" } };
    case "theirs-taken":
      return openEditor(event.saved);
    case "mine-kept":
      return { ...state, saved: event.saved, saving: { status: "idle" } };
  }
}

/** A new text is worth a new try, unless the conflict must be settled first. */
function changed(state: EditorState, text: string): EditorState {
  const saving: Saving = state.saving.status === "failed" ? { status: "idle" } : state.saving;
  return read({ ...state, saving }, text);
}

function read(state: EditorState, text: string): EditorState {
  const { document, problems } = parseDocumentText(text);
  if (document !== null) return { ...state, text, form: document, unreadable: null };
  const why = syntaxProblem(text)?.message ?? problems[0]?.message ?? "This is not JSON.";
  return { ...state, text, unreadable: why };
}

import { describe, expect, test } from "vitest";
import { type EditorState, editorReducer, isDirty, openEditor, type Saved } from "./editor-state";

const saved: Saved = { text: '{\n  "goal": "a"\n}', revision: 3, at: "2026-11-24T12:00:00Z" };
const open = openEditor(saved);
const run = (state: EditorState, ...events: Parameters<typeof editorReducer>[1][]) =>
  events.reduce(editorReducer, state);

describe("the editor's state", () => {
  test("opens clean, with the form in step with the text", () => {
    expect(open.form).toEqual({ goal: "a" });
    expect(isDirty(open)).toBe(false);
  });
  test("typing changes the form; an edit of the form changes the text", () => {
    const typed = run(open, { type: "typed", text: '{"goal":"b"}' });
    expect(typed.form).toEqual({ goal: "b" });
    expect(isDirty(typed)).toBe(true);
    const edited = run(open, { type: "edited", edit: { op: "set", path: ["goal"], value: "c" } });
    expect(edited.text).toBe('{\n  "goal": "c"\n}');
    expect(edited.form).toEqual({ goal: "c" });
  });
  test("text that is no JSON never takes the form's content away, and says why", () => {
    const broken = run(open, { type: "typed", text: '{"goal": ' });
    expect(broken.form).toEqual({ goal: "a" });
    expect(broken.unreadable).toMatch(/line 1/);
    const mended = run(broken, { type: "typed", text: '{"goal": "d"}' });
    expect(mended).toMatchObject({ form: { goal: "d" }, unreadable: null });
  });
  test("a JSON list is no document either", () => {
    expect(run(open, { type: "typed", text: "[1]" })).toMatchObject({
      form: { goal: "a" },
      unreadable: expect.stringContaining("object"),
    });
  });
  test("the form can't be edited while the text can't be read", () => {
    const broken = run(open, { type: "typed", text: "{" });
    const edit = { op: "set", path: ["goal"], value: "x" } as const;
    expect(run(broken, { type: "edited", edit })).toBe(broken);
  });
  test("what was typed while a save was under way stays unsaved", () => {
    const state = run(
      open,
      { type: "typed", text: '{"goal":"b"}' },
      { type: "save-started" },
      { type: "typed", text: '{"goal":"bc"}' },
      { type: "save-done", saved: { text: '{"goal":"b"}', revision: 4, at: saved.at } },
    );
    expect(isDirty(state)).toBe(true);
    expect(state).toMatchObject({ text: '{"goal":"bc"}', saved: { revision: 4 } });
  });
  test("a failed save is tried again with the next change, a conflict is not", () => {
    const failed = run(open, { type: "save-failed", message: "no", retry: true });
    expect(run(failed, { type: "typed", text: "{}" }).saving.status).toBe("idle");
    const conflict = run(open, { type: "save-conflicted" });
    expect(run(conflict, { type: "typed", text: "{}" }).saving.status).toBe("conflict");
  });
  test("a conflict ends with theirs, dropping mine, or with mine over theirs", () => {
    const mine = run(open, { type: "typed", text: '{"goal":"mine"}' }, { type: "save-conflicted" });
    const theirs: Saved = { text: '{"goal":"theirs"}', revision: 9, at: saved.at };
    const taken = run(mine, { type: "theirs-taken", saved: theirs });
    expect(taken).toMatchObject({ text: theirs.text, form: { goal: "theirs" } });
    expect(isDirty(taken)).toBe(false);
    const kept = run(mine, { type: "mine-kept", saved: theirs });
    expect(kept).toMatchObject({ text: '{"goal":"mine"}', saved: { revision: 9 } });
    expect(kept.saving.status).toBe("idle");
    expect(isDirty(kept)).toBe(true);
  });
});

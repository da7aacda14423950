import {
  applyEdits,
  findNodeAtLocation,
  type JSONPath,
  type ModificationOptions,
  modify,
  type Node,
  type ParseError,
  type ParseErrorCode,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";

/** A change that the form makes to the JSON text. `path` leads to the value; for `insert` and `move` to the list. */
export type TextEdit =
  | { readonly op: "set"; readonly path: Path; readonly value: unknown }
  | { readonly op: "remove"; readonly path: Path }
  | { readonly op: "insert"; readonly path: Path; readonly value: unknown; readonly at?: number }
  | {
      readonly op: "move";
      readonly path: Path;
      readonly from: number;
      readonly to: number;
    };

export type Path = readonly (string | number)[];

/** Character offsets in the text. */
export type TextRange = { readonly from: number; readonly to: number };

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
const FORMAT: ModificationOptions = {
  formattingOptions: { insertSpaces: true, tabSize: 2, eol: "\n" },
};

/** The text after one edit; everything that the edit does not concern stays as the person wrote it. */
export function applyEdit(text: string, edit: TextEdit): string {
  switch (edit.op) {
    case "set":
      return change(text, edit.path, edit.value);
    case "remove":
      return nodeAt(text, edit.path) === undefined ? text : change(text, edit.path, undefined);
    case "insert": {
      const list = listAt(text, edit.path);
      const at = edit.at ?? list.length;
      return change(text, edit.path, [...list.slice(0, at), edit.value, ...list.slice(at)]);
    }
    case "move": {
      const list = [...listAt(text, edit.path)];
      if (edit.to < 0 || edit.to >= list.length) return text;
      const [moved] = list.splice(edit.from, 1);
      list.splice(edit.to, 0, moved);
      return change(text, edit.path, list);
    }
  }
}

/** The first thing that keeps the text from being JSON, and where; null when nothing does. */
export function syntaxProblem(text: string): (TextRange & { readonly message: string }) | null {
  const errors: ParseError[] = [];
  parseTree(text, errors, STRICT);
  const [first] = errors;
  if (first === undefined) return null;
  const { line, column } = lineAndColumn(text, first.offset);
  return {
    from: first.offset,
    to: Math.min(text.length, first.offset + Math.max(1, first.length)),
    message: `${syntaxWords(first.error)}, at line ${line}, character ${column}.`,
  };
}

/**
 * Where the value at a JSON pointer stands. For an object or a list, and for what is missing, the name of the nearest
 * member that exists, so that a whole block is never underlined.
 */
export function rangeOf(text: string, jsonPointer: string): TextRange {
  const root = parseTree(text);
  if (root === undefined) return { from: 0, to: Math.min(1, text.length) };
  const path = pointerPath(jsonPointer, root);
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node === undefined) continue;
    const isWhole = length === path.length && node.type !== "object" && node.type !== "array";
    return span(isWhole ? node : nameOf(node));
  }
  return { from: 0, to: Math.min(1, text.length) };
}

/** `/clusters/0/id` → ["clusters", 0, "id"]; digits are positions only where the text has a list. */
function pointerPath(jsonPointer: string, root: Node): JSONPath {
  const path: JSONPath = [];
  if (jsonPointer === "") return path;
  for (const raw of jsonPointer.slice(1).split("/")) {
    const part = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    const parent = findNodeAtLocation(root, path);
    path.push(parent?.type === "array" && /^\d+$/.test(part) ? Number(part) : part);
  }
  return path;
}

function nameOf(node: Node): Node | TextRange {
  const name = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
  return name ?? { from: node.offset, to: node.offset + 1 };
}

function span(place: Node | TextRange): TextRange {
  return "from" in place ? place : { from: place.offset, to: place.offset + place.length };
}

function nodeAt(text: string, path: Path): Node | undefined {
  const root = parseTree(text);
  return root === undefined ? undefined : findNodeAtLocation(root, [...path]);
}

function listAt(text: string, path: Path): readonly unknown[] {
  const node = nodeAt(text, path);
  if (node?.type !== "array") return [];
  const value: unknown = JSON.parse(text.slice(node.offset, node.offset + node.length));
  return Array.isArray(value) ? value : [];
}

function change(text: string, path: Path, value: unknown): string {
  return applyEdits(text, modify(text, [...path], value, FORMAT));
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return {
    line: before.split("\n").length,
    column: offset - before.lastIndexOf("\n"),
  };
}

const SYNTAX_WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: "This word is not JSON",
  InvalidNumberFormat: "This is not a number in JSON",
  PropertyNameExpected: "A name in double quotes is expected",
  ValueExpected: "A value is expected",
  ColonExpected: "A colon is expected",
  CommaExpected: "A comma is expected",
  CloseBraceExpected: "A closing brace `}` is expected",
  CloseBracketExpected: "A closing bracket `]` is expected",
  EndOfFileExpected: "Nothing may follow the document",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfString: "This text has no closing quote",
  UnexpectedEndOfNumber: "This number is not finished",
  InvalidUnicode: "This \\u escape is not finished",
  InvalidEscapeCharacter: "This escape is unknown",
  InvalidCharacter: "This character is not allowed in a text",
};

function syntaxWords(code: ParseErrorCode): string {
  return SYNTAX_WORDS[printParseErrorCode(code)] ?? "This is not JSON";
}

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const HERE = import.meta.dirname;
const GUARDS = new Set(["requireCtx", "requirePermission", "requireApiCtx"]);

/** What anyone may reach, and why. Keep it short. */
const PUBLIC: Readonly<Record<string, string>> = {
  "(auth)/sign-in/page.tsx default": "nobody is signed in yet",
  "(auth)/new-password/page.tsx default":
    "for the holder of a temporary session, who may do no more",
  "(auth)/new-password/actions.ts setNewPassword":
    "for the holder of a temporary session, who may do no more",
  "(auth)/sign-in/actions.ts beginPasskeySignInAction":
    "gives out a challenge that is worth nothing without a registered passkey",
  "api/auth/[...nextauth]/route.ts GET": "next-auth: sign-in itself",
  "api/auth/[...nextauth]/route.ts POST": "next-auth: sign-in itself, with a token of its own",
  "api/health/route.ts GET": "says whether the process serves, and nothing else",
  "schemas/intent-manifest.v1.json/route.ts GET": "a published schema",
  "tlog/checkpoint/route.ts GET": "the ledger's signed head: sizes and hashes",
};

type Entry = { readonly name: string; readonly guarded: boolean };

type Bodies = Map<string, ts.Node>;
/** null: exported by another name or from elsewhere, so that only the list can vouch for it */
type Exports = Map<string, ts.Node | null>;

/** Each function that a file exports, with whether it, or a function of the file that it calls, asks who is there. */
function entriesOf(file: string): readonly Entry[] {
  const text = readFileSync(path.join(HERE, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const bodies: Bodies = new Map();
  const exported: Exports = new Map();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement)) readFunction(statement, bodies, exported);
    else if (ts.isVariableStatement(statement)) readVariables(statement, bodies, exported);
    else if (ts.isExportAssignment(statement)) exported.set("default", null);
    else if (ts.isExportDeclaration(statement)) readExports(statement, exported);
  }
  return [...exported].map(([name, body]) => ({
    name: `${file} ${name}`,
    guarded: body !== null && asks(body, bodies, new Set()),
  }));
}

function readExports({ exportClause, isTypeOnly }: ts.ExportDeclaration, exported: Exports): void {
  if (isTypeOnly) return;
  const names = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];
  if (names.length === 0) exported.set("*", null);
  for (const { name } of names) exported.set(name.text, null);
}

function has(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

function readFunction(node: ts.FunctionDeclaration, bodies: Bodies, exported: Exports): void {
  const name = node.name?.text ?? "default";
  bodies.set(name, node);
  if (!has(node, ts.SyntaxKind.ExportKeyword)) return;
  exported.set(has(node, ts.SyntaxKind.DefaultKeyword) ? "default" : name, node);
}

function readVariables(node: ts.VariableStatement, bodies: Bodies, exported: Exports): void {
  for (const { name, initializer } of node.declarationList.declarations) {
    if (initializer === undefined) continue;
    bodies.set(name.getText(), initializer);
    if (has(node, ts.SyntaxKind.ExportKeyword) && mayBeCalled(initializer)) {
      exported.set(name.getText(), initializer);
    }
  }
}

/** Settings of a route (`export const dynamic = "…"`) and a page's fixed metadata do nothing. */
function mayBeCalled(value: ts.Expression): boolean {
  return !(ts.isLiteralExpression(value) || ts.isObjectLiteralExpression(value));
}

function asks(node: ts.Node, bodies: Bodies, seen: Set<string>): boolean {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const name = node.expression.text;
    if (GUARDS.has(name)) return true;
    const body = seen.has(name) ? undefined : bodies.get(name);
    seen.add(name);
    if (body && asks(body, bodies, seen)) return true;
  }
  return ts.forEachChild(node, (child) => asks(child, bodies, seen) || undefined) ?? false;
}

/** A page's title may repeat its address; it must not read anything. */
function readsNothing(file: string, name: string): boolean {
  if (!name.endsWith(" generateMetadata")) return false;
  const text = readFileSync(path.join(HERE, file), "utf8");
  const body = text.slice(text.indexOf("function generateMetadata"));
  return !/await (?!params|searchParams)/.test(
    body.slice(0, body.indexOf("\n}\n")).replaceAll(/\(await params\)/g, ""),
  );
}

const files = readdirSync(HERE, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(actions\.ts|route\.ts|page\.tsx)$/.test(file))
  .sort();
const entries = files.flatMap((file) =>
  entriesOf(file).filter(({ name }) => !readsNothing(file, name)),
);

describe("what can be reached from outside", () => {
  it("is found", () => {
    expect(files.length).toBeGreaterThan(25);
    expect(entries.length).toBeGreaterThan(60);
  });

  it.each(entries.map(({ name, guarded }) => [name, guarded] as const))(
    "%s asks who is there",
    (name, guarded) => {
      expect(guarded || Object.hasOwn(PUBLIC, name)).toBe(true);
    },
  );

  it("is public only where the list says so, and the list names nothing else", () => {
    const open = entries.filter(({ guarded }) => !guarded).map(({ name }) => name);
    expect(open.sort()).toEqual(Object.keys(PUBLIC).sort());
  });
});

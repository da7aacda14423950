import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const HERE = import.meta.dirname;

/** Searches: what is typed belongs into the address. */
const SEARCHES = ["layout/filter-bar.tsx"];

function formsIn(file: string): readonly ts.JsxOpeningElement[] {
  const text = readFileSync(path.join(HERE, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: ts.JsxOpeningElement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxOpeningElement(node) && node.tagName.getText() === "form") found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `action={…}` is a server action, which React posts. */
function posts(form: ts.JsxOpeningElement): boolean {
  return form.attributes.properties.some(
    (attribute) =>
      ts.isJsxAttribute(attribute) &&
      (attribute.name.getText() === "action" || attribute.getText() === 'method="post"'),
  );
}

it("no form puts what was typed into the address when it is sent before the page is alive", () => {
  const files = readdirSync(HERE, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".tsx") && !SEARCHES.includes(file),
  );
  const forms = files.flatMap((file) => formsIn(file).map((form) => ({ file, form })));
  expect(forms.length).toBeGreaterThan(15);
  expect(forms.filter(({ form }) => !posts(form)).map(({ file }) => file)).toEqual([]);
});

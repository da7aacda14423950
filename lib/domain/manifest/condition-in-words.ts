import { type ASTNode, parse } from "@marcbachmann/cel-js";
import { listInWords, moneyInWords, numberInWords, wordsOf } from "./humanise";

const NAMES: Readonly<Record<string, string>> = {
  "context.spend": "the spend",
  "context.records": "the number of records",
  "context.dataClass": "the data class",
  "context.destination": "the destination",
  "context.step": "the step number",
  "context.purpose": "the stated purpose",
  "context.cluster": "the task cluster",
  "action.name": "the action",
  "resource.id": "the resource id",
  "resource.type": "the resource type",
  "subject.id": "the agent id",
};
const HOLDERS: Readonly<Record<string, string>> = {
  "resource.properties": "the resource's",
  "action.properties": "the action's",
  "subject.properties": "the agent's",
};
const COMPARISONS: Readonly<Record<string, string>> = {
  "<=": "is at most",
  "<": "is below",
  ">=": "is at least",
  ">": "is above",
  "==": "is",
  "!=": "is not",
};
const NUMERIC = new Set(["<=", "<", ">=", ">"]);
const METHODS: Readonly<Record<string, string>> = {
  startsWith: "starts with",
  endsWith: "ends with",
  contains: "contains",
};

/**
 * A CEL condition of a common shape in words, such as "the spend is at most £250,000".
 * Null where it can't be said without losing something: the reader then sees the condition itself.
 */
export function conditionInWords(source: string, currency?: string): string | null {
  const ast = parseCondition(source);
  return ast === null ? null : inWords(ast, currency);
}

/** The syntax tree, or null where the text is no CEL. */
export function parseCondition(source: string): ASTNode | null {
  try {
    return parse(source).ast;
  } catch {
    return null;
  }
}

/** `context.spend` → "context.spend"; null for anything but a plain path. */
export function pathOf(node: ASTNode): string | null {
  if (node.op === "id") return node.args;
  if (node.op !== ".") return null;
  const holder = pathOf(node.args[0]);
  return holder === null ? null : `${holder}.${node.args[1]}`;
}

/** A number literal, with its sign; null for anything else. */
export function numberOf(node: ASTNode): number | null {
  if (node.op === "-_") {
    const value = numberOf(node.args);
    return value === null ? null : -value;
  }
  if (node.op !== "value") return null;
  if (typeof node.args === "bigint") return Number(node.args);
  return typeof node.args === "number" ? node.args : null;
}

function inWords(node: ASTNode, currency: string | undefined): string | null {
  switch (node.op) {
    case "&&":
    case "||":
      return joined(node.op, node.args, currency);
    case "<=":
    case "<":
    case ">=":
    case ">":
    case "==":
    case "!=":
      return comparison(node.op, node.args, currency);
    case "in":
      return membership(node.args, currency);
    case "rcall":
      return method(node.args);
    case "call":
      return presence(node.args);
    case "!_": {
      const inner = inWords(node.args, currency);
      return inner === null ? null : `it is not so that ${bracketed(node.args, inner)}`;
    }
    default: {
      const name = nameOf(node);
      return name === null ? null : `${name} is true`;
    }
  }
}

function joined(
  op: "&&" | "||",
  sides: readonly [ASTNode, ASTNode],
  currency: string | undefined,
): string | null {
  const parts: string[] = [];
  for (const side of sides) {
    const words = inWords(side, currency);
    if (words === null) return null;
    parts.push(side.op !== op ? bracketed(side, words) : words);
  }
  return parts.join(op === "&&" ? " and " : " or ");
}

/** Brackets keep `a and (b or c)` from being read as `(a and b) or c`. */
function bracketed(node: ASTNode, words: string): string {
  return node.op === "&&" || node.op === "||" ? `(${words})` : words;
}

function comparison(
  op: string,
  [left, right]: readonly [ASTNode, ASTNode],
  currency: string | undefined,
): string | null {
  const path = pathOf(left);
  const name = nameOf(left);
  const words = COMPARISONS[op];
  if (path === null || name === null || words === undefined) return null;
  if (NUMERIC.has(op) && numberOf(right) === null) return null;
  const value = literal(right, path === "context.spend" ? currency : undefined);
  return value === null ? null : `${name} ${words} ${value}`;
}

function membership(
  [left, right]: readonly [ASTNode, ASTNode],
  currency: string | undefined,
): string | null {
  const name = nameOf(left);
  const path = pathOf(left);
  if (name !== null && right.op === "list" && right.args.length > 0) {
    const values = right.args.map((item) =>
      literal(item, path === "context.spend" ? currency : undefined),
    );
    if (values.includes(null)) return null;
    const said = values.filter((value) => value !== null);
    return said.length === 1
      ? `${name} is ${said[0] ?? ""}`
      : `${name} is one of ${listInWords(said, "or")}`;
  }
  const holder = nameOf(right);
  const item = literal(left, undefined);
  return holder !== null && item !== null ? `${holder} includes ${item}` : null;
}

function method([called, receiver, args]: readonly [string, ASTNode, readonly ASTNode[]]) {
  const words = METHODS[called];
  const name = nameOf(receiver);
  const [only] = args;
  if (words === undefined || name === null || only === undefined || args.length !== 1) return null;
  if (only.op !== "value" || typeof only.args !== "string") return null;
  return `${name} ${words} “${only.args}”`;
}

function presence([called, args]: readonly [string, readonly ASTNode[]]): string | null {
  const [only] = args;
  if (called !== "has" || only === undefined || args.length !== 1) return null;
  const name = nameOf(only);
  return name === null ? null : `${name} is given`;
}

function nameOf(node: ASTNode): string | null {
  const path = pathOf(node);
  if (path === null) return null;
  const known = NAMES[path];
  if (known !== undefined) return known;
  const dot = path.lastIndexOf(".");
  const holder = HOLDERS[path.slice(0, dot)];
  return holder === undefined ? null : `${holder} ${wordsOf(path.slice(dot + 1))}`;
}

function literal(node: ASTNode, currency: string | undefined): string | null {
  const number = numberOf(node);
  if (number !== null) {
    const digits = currency === undefined ? 6 : 2;
    if (Math.abs(number) > 1e15 || Number(number.toFixed(digits)) !== number) return null;
    return currency === undefined ? numberInWords(number) : moneyInWords(number, currency);
  }
  if (node.op !== "value") return null;
  if (typeof node.args === "string") return `“${node.args}”`;
  return typeof node.args === "boolean" ? String(node.args) : null;
}

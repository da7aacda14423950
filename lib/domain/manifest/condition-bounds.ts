import type { ASTNode } from "@marcbachmann/cel-js";
import { numberOf, parseCondition, pathOf } from "./condition-in-words";

type Bound = { readonly value: number; readonly open: boolean };
type Range = { low: Bound; high: Bound };

const ANYTHING: Bound = { value: Number.POSITIVE_INFINITY, open: false };
/** The request's schema refuses anything below 0 for these. */
const NOT_NEGATIVE = new Set(["context.spend", "context.records"]);
const MIRRORED = { "<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "==" } as const;
type Comparison = keyof typeof MIRRORED;

/** One comparison of a path with a number, the path on the left. */
type Test = { readonly path: string; readonly op: Comparison; readonly value: number };

/**
 * The path whose comparisons with numbers contradict each other, so that the condition is never true
 * (`context.spend > 10 && context.spend < 5`). Null where no contradiction was found, which proves nothing.
 */
export function contradictionIn(source: string): string | null {
  const ast = parseCondition(source);
  if (ast === null) return null;
  const ranges = new Map<string, Range>();
  for (const part of conjuncts(ast)) {
    if (part.op === "value" && part.args === false) return "false";
    const test = testOf(part);
    if (test === null) continue;
    const range = ranges.get(test.path) ?? startOf(test.path);
    narrow(range, test);
    ranges.set(test.path, range);
  }
  for (const [path, { low, high }] of ranges) {
    if (low.value > high.value || (low.value === high.value && (low.open || high.open)))
      return path;
  }
  return null;
}

/** How the later condition relates to the earlier one, where both are one comparison of the same path with a number. */
export function compareConditions(before: string, after: string): "wider" | "narrower" | "unclear" {
  const [was, is] = [onlyTest(before), onlyTest(after)];
  if (was === null || is === null) return "unclear";
  if (was.path !== is.path || was.op !== is.op || was.op === "==" || was.value === is.value) {
    return "unclear";
  }
  const upper = was.op === "<=" || was.op === "<";
  return is.value > was.value === upper ? "wider" : "narrower";
}

function onlyTest(source: string): Test | null {
  const ast = parseCondition(source);
  return ast === null ? null : testOf(ast);
}

function conjuncts(node: ASTNode): ASTNode[] {
  return node.op === "&&" ? node.args.flatMap(conjuncts) : [node];
}

function testOf(node: ASTNode): Test | null {
  switch (node.op) {
    case "<=":
    case "<":
    case ">=":
    case ">":
    case "==": {
      const [left, right] = node.args;
      const [leftPath, rightPath] = [pathOf(left), pathOf(right)];
      const [leftValue, rightValue] = [numberOf(left), numberOf(right)];
      if (leftPath !== null && rightValue !== null) {
        return { path: leftPath, op: node.op, value: rightValue };
      }
      if (rightPath !== null && leftValue !== null) {
        return { path: rightPath, op: MIRRORED[node.op], value: leftValue };
      }
      return null;
    }
    default:
      return null;
  }
}

function startOf(path: string): Range {
  const low = NOT_NEGATIVE.has(path) ? 0 : Number.NEGATIVE_INFINITY;
  return { low: { value: low, open: false }, high: ANYTHING };
}

function narrow(range: Range, { op, value }: Test): void {
  if (op === "<=" || op === "<" || op === "==") {
    const bound = { value, open: op === "<" };
    if (value < range.high.value || (value === range.high.value && bound.open)) range.high = bound;
  }
  if (op === ">=" || op === ">" || op === "==") {
    const bound = { value, open: op === ">" };
    if (value > range.low.value || (value === range.low.value && bound.open)) range.low = bound;
  }
}

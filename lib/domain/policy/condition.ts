import {
  type ASTNode,
  Environment,
  EvaluationError,
  ParseError,
  TypeError as TypeProblem,
} from "@marcbachmann/cel-js";
import type { EvaluationRequest } from "./request";

/** `error` = the condition could not be evaluated, e.g. for a property that the request lacks: counts as refused. */
type ConditionResult = "true" | "false" | "error";

export type Condition = {
  readonly source: string;
  readonly test: (request: EvaluationRequest) => ConditionResult;
  /** the paths that the expression reads, e.g. `context.spend`: to explain a miss with the values asked */
  readonly reads: readonly (readonly string[])[];
};

const MAX_LENGTH = 1000;

const PROPERTIES = "map<string, dyn>";
/**
 * What a condition may read. The words in which an agent explains itself (`purpose`, `reasoning`) and what changes
 * from try to try (`step`, `traceId`) are not here: authority must not hang on them.
 */
const ROOTS = {
  subject: { type: "string", id: "string", properties: PROPERTIES },
  action: { name: "string", properties: PROPERTIES },
  resource: { type: "string", id: "string", properties: PROPERTIES },
  context: {
    cluster: "string",
    records: "double",
    spend: "double",
    dataClass: "string",
    destination: "string",
  },
} as const;

const isRoot = (name: string): name is keyof typeof ROOTS => Object.hasOwn(ROOTS, name);

// Bounded by length, nodes and depth. Everything is linear in the request's 50 properties of at most 50 elements,
// since a macro can't stand inside another one's predicate.
const ENVIRONMENT = new Environment({
  limits: {
    maxAstNodes: 150,
    maxDepth: 20,
    maxListElements: 50,
    maxMapEntries: 0,
    maxCallArguments: 4,
  },
});
for (const [name, schema] of Object.entries(ROOTS)) {
  ENVIRONMENT.registerVariable(name, { schema: { ...schema } });
}

const FUNCTIONS = new Set(["has", "size", "int", "double", "string", "timestamp", "duration"]);
const METHODS = new Set(["size", "startsWith", "endsWith", "contains"]);
const MACROS = new Set(["all", "exists", "exists_one", "filter", "map"]);

/** A problem that the author of a condition can mend. */
class ConditionProblem extends Error {
  override readonly name = "ConditionProblem";
}

/** What is wrong with a `when` expression, in words for the person who wrote it; null if nothing is. */
export function compileConditionProblem(expression: string): string | null {
  try {
    compileCondition(expression);
    return null;
  } catch (error) {
    if (error instanceof ConditionProblem) return error.message;
    throw error;
  }
}

/** Compile a CEL expression (cel-spec). Throws an error whose message `compileConditionProblem` gives. */
export function compileCondition(source: string): Condition {
  if (source.length > MAX_LENGTH)
    throw new ConditionProblem(`longer than ${MAX_LENGTH} characters`);
  const program = parse(source);
  const reads = new Map<string, readonly string[]>();
  inspect(program.ast, { variables: new Set(), inPredicate: false, reads });
  const check = program.check();
  if (!check.valid) throw new ConditionProblem(problemText(check.error));
  if (check.type !== "bool" && check.type !== "dyn") {
    throw new ConditionProblem(`gives a ${check.type}, not true or false`);
  }
  const paths = [...reads.values()];
  const carriers = CARRIERS.filter((root) =>
    paths.some((p) => p[0] === root && p[1] === "properties"),
  );
  return {
    source,
    reads: paths,
    test(request) {
      try {
        const result: unknown = program(withProperties(request, carriers));
        if (result === true) return "true";
        return result === false ? "false" : "error";
      } catch {
        // Whatever went wrong inside: not shown to be true, so not allowed.
        return "error";
      }
    },
  };
}

const CARRIERS = ["subject", "action", "resource"] as const;

/** Properties that were not sent are none, so that `has()` says no instead of failing. */
function withProperties(
  request: EvaluationRequest,
  carriers: readonly (typeof CARRIERS)[number][],
): EvaluationRequest {
  let filled = request;
  for (const carrier of carriers) {
    if (request[carrier].properties === undefined) {
      filled = { ...filled, [carrier]: { ...request[carrier], properties: {} } };
    }
  }
  return filled;
}

function parse(source: string) {
  try {
    return ENVIRONMENT.parse(source);
  } catch (error) {
    throw new ConditionProblem(problemText(error), { cause: error });
  }
}

function problemText(error: unknown): string {
  if (
    error instanceof ParseError ||
    error instanceof TypeProblem ||
    error instanceof EvaluationError
  ) {
    const at = error.range ? ` (at character ${error.range.start + 1})` : "";
    const mixed = /double.*\bint\b|\bint\b.*double/.test(error.summary);
    const hint = mixed ? "; numbers of a request are decimals: write 3.0 for 3" : "";
    return `${error.summary.charAt(0).toLowerCase()}${error.summary.slice(1)}${hint}${at}`;
  }
  return "cannot be read as a CEL expression";
}

type Scope = {
  readonly variables: ReadonlySet<string>;
  readonly inPredicate: boolean;
  readonly reads: Map<string, readonly string[]>;
};

/** Refuse what the type check lets through but a bounded condition may not do, and note what is read. */
function inspect(node: ASTNode, scope: Scope): void {
  const path = selection(node);
  if (path === null) inspectNode(node, scope);
  else inspectPath(path, scope);
}

function inspectNode(node: ASTNode, scope: Scope): void {
  switch (node.op) {
    case "id":
      inspectPath([node.args], scope);
      break;
    case "value":
      if (node.args instanceof Uint8Array) throw new ConditionProblem("bytes are not allowed");
      break;
    case ".":
      inspect(node.args[0], scope);
      break;
    case ".?":
    case "[?]":
    case "map":
      throw new ConditionProblem("maps and optional fields are not allowed");
    case "call":
      inspectCall(node.args[0], node.args[1], scope);
      break;
    case "rcall":
      inspectMethod(node.args, scope);
      break;
    case "!_":
    case "-_":
      inspect(node.args, scope);
      break;
    default:
      for (const child of node.args) inspect(child, scope);
  }
}

/** `a.b.c` from a name on, as its parts; null for anything else. */
function selection(node: ASTNode): string[] | null {
  if (node.op === "id") return [node.args];
  if (node.op !== ".") return null;
  const inner = selection(node.args[0]);
  return inner === null ? null : [...inner, node.args[1]];
}

function inspectPath(path: readonly string[], scope: Scope): void {
  const [root = "", field] = path;
  if (!isRoot(root)) {
    if (!scope.variables.has(root)) throw new ConditionProblem(`unknown name \`${root}\``);
    return;
  }
  const fields = Object.keys(ROOTS[root]);
  if (field === undefined || !fields.includes(field)) {
    throw new ConditionProblem(
      `\`${root}\` has the fields ${fields.join(", ")}${field === undefined ? "" : `, not \`${field}\``}`,
    );
  }
  scope.reads.set(path.join("."), path);
}

function inspectCall(name: string, args: readonly ASTNode[], scope: Scope): void {
  if (!FUNCTIONS.has(name))
    throw new ConditionProblem(
      `\`${name}()\` is not allowed; functions are ${[...FUNCTIONS].join(", ")}`,
    );
  for (const arg of args) inspect(arg, scope);
}

function inspectMethod(
  [name, receiver, args]: readonly [string, ASTNode, ASTNode[]],
  scope: Scope,
): void {
  if (!MACROS.has(name)) {
    if (!METHODS.has(name))
      throw new ConditionProblem(
        `\`.${name}()\` is not allowed; methods are ${[...METHODS, ...MACROS].join(", ")}`,
      );
    for (const part of [receiver, ...args]) inspect(part, scope);
    return;
  }
  if (scope.inPredicate)
    throw new ConditionProblem(`\`.${name}()\` can't stand inside another one's predicate`);
  if (!isBoundedList(receiver))
    throw new ConditionProblem(`\`.${name}()\` needs a property or a list in front`);
  inspect(receiver, scope);
  const [variable, ...predicates] = args;
  if (variable?.op !== "id" || isRoot(variable.args))
    throw new ConditionProblem(`\`.${name}()\` needs a variable name first`);
  const inner: Scope = {
    ...scope,
    variables: new Set([...scope.variables, variable.args]),
    inPredicate: true,
  };
  for (const predicate of predicates) inspect(predicate, inner);
}

/** A property, a written list, or what a macro made of one: never longer than 50 elements. */
function isBoundedList(node: ASTNode): boolean {
  if (node.op === "list" || selection(node) !== null) return true;
  if (node.op === "[]") return isBoundedList(node.args[0]);
  return node.op === "rcall" && MACROS.has(node.args[0]) && isBoundedList(node.args[1]);
}

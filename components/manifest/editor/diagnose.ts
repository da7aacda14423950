import type { Tier } from "@/lib/domain/agent/tier";
import {
  type JsonObject,
  type Problem,
  parseDocumentText,
  readManifest,
} from "@/lib/domain/manifest/document";
import type { Finding, Severity } from "@/lib/domain/manifest/finding";
import { type PlainManifest, plainEnglish } from "@/lib/domain/manifest/plain-english";
import { checkManifest } from "@/lib/domain/manifest/static-check";
import { compileConditionProblem } from "@/lib/domain/policy/condition";
import { listAt, valueAt } from "./document-read";
import { type Path, rangeOf, syntaxProblem, type TextRange } from "./json-text";

/** One place in the text with what is wrong there. */
type Marker = TextRange & { readonly severity: Severity; readonly message: string };

/** All that can be said of a text, from the text alone. */
export type Diagnosis = {
  readonly text: string;
  readonly document: JsonObject | null;
  /** why the text is no document at all; null when it is one */
  readonly unreadable: string | null;
  /** what keeps the document from being a manifest, by JSON pointer */
  readonly problems: readonly Problem[];
  /** objections of the static check; empty until the document is a manifest */
  readonly findings: readonly Finding[];
  /** null until the document is a manifest */
  readonly plain: PlainManifest | null;
  readonly markers: readonly Marker[];
  /** may it be submitted, as far as the text is concerned? */
  readonly submittable: boolean;
};

/** Read, check and say a text; pure, and cheap enough for every pause in typing. */
export function diagnose(
  text: string,
  facts: { readonly now: Date; readonly tier: Tier; readonly agentId: string },
): Diagnosis {
  const { document, problems: refusals } = parseDocumentText(text);
  if (document === null) return unreadable(text, refusals[0]?.message ?? "This is not JSON.");
  const read = readManifest(document);
  const foreign = foreignAgent(document, facts.agentId);
  const manifest = foreign.length > 0 ? null : read.manifest;
  const problems = [
    ...read.problems.filter(({ path }) => !foreign.some((problem) => problem.path === path)),
    ...foreign,
    ...(manifest === null ? conditionProblems(document) : []),
  ];
  const findings = manifest === null ? [] : checkManifest(manifest, facts);
  const markers: Marker[] = [
    ...problems.map(({ path, message }) => ({
      ...rangeOf(text, path),
      severity: "error" as const,
      message,
    })),
    ...findings.map(({ path, severity, message, suggestion }) => ({
      ...rangeOf(text, path),
      severity,
      message: `${message} ${suggestion}`,
    })),
  ];
  return {
    text,
    document,
    unreadable: null,
    problems,
    findings,
    plain: manifest === null ? null : plainEnglish(manifest),
    markers,
    submittable: manifest !== null && findings.every(({ severity }) => severity !== "error"),
  };
}

function unreadable(text: string, refusal: string): Diagnosis {
  const syntax = syntaxProblem(text);
  const message = syntax?.message ?? sentence(refusal);
  const place = syntax ?? { from: 0, to: Math.min(1, text.length) };
  return {
    text,
    document: null,
    unreadable: message,
    problems: [],
    findings: [],
    plain: null,
    markers: [{ from: place.from, to: place.to, severity: "error", message }],
    submittable: false,
  };
}

/** A draft stays with its agent: text pasted from another one's manifest must not pass for it. */
function foreignAgent(document: JsonObject, agentId: string): readonly Problem[] {
  if (document["agentId"] === agentId) return [];
  return [{ path: "/agentId", message: `must be ${agentId}, the agent that this draft is for` }];
}

/** Conditions that can't be used, found before the rest of the document is right. */
function conditionProblems(document: JsonObject): readonly Problem[] {
  const clusters = listAt(document, ["clusters"]) ?? [];
  const rules: Path[] = clusters.flatMap((_, c) =>
    (listAt(document, ["clusters", c, "rules"]) ?? []).map((__, r) => ["clusters", c, "rules", r]),
  );
  const never: Path[] = (listAt(document, ["never"]) ?? []).map((_, n) => ["never", n]);
  return [...rules, ...never].flatMap((path) => {
    const when = valueAt(document, [...path, "when"]);
    if (typeof when !== "string" || when.trim() === "") return [];
    const problem = compileConditionProblem(when);
    if (problem === null) return [];
    return [
      { path: `/${path.join("/")}/when`, message: `The condition can't be used: ${problem}.` },
    ];
  });
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, "")}.`;
}

import { createHash } from "node:crypto";
import { cosineDistance, masked } from "@/lib/domain/behaviour/lexical";
import { type TextModel, textModel } from "./text-model";

/** What an agent said about one step, and what its manifest says. */
export type StatedStep = {
  readonly reasoning: string;
  readonly purpose: string;
  readonly action: string;
  readonly resourceType: string;
  readonly goal: string;
  /** `null` where the declared cluster is not in the manifest */
  readonly clusterPurpose: string | null;
  /** what the cluster's rules name, such as "read invoice"; rules with a wildcard name nothing */
  readonly clusterActs?: readonly string[];
};

export type TextDistances = {
  /** to the nearest sentence of the mandate: 0 near … 1 far; `null` where nothing was said */
  readonly reasoningDistance: number | null;
  /** to the act in words, such as "read invoice" */
  readonly actDistance: number | null;
  readonly distanceModel: string;
};

/** About 20 MB of vectors. */
const MOST_CACHED = 5000;
const cache = new Map<string, Float32Array>();

/**
 * Distances of what was said to the manifest and to the act, in the order given. Texts are compared without identifiers and
 * amounts, each distinct one is measured once (about 30 ms on one core), and vectors are cached by digest. For the worker:
 * never on the decision path.
 */
export async function distances(
  steps: readonly StatedStep[],
  model?: TextModel,
): Promise<readonly TextDistances[]> {
  const used = model ?? (await textModel());
  const texts = steps.map((step) => ({
    said: masked(step.reasoning) || masked(step.purpose),
    act: inWords(`${step.action} ${step.resourceType}`),
    mandate: mandateOf(step),
  }));
  const vectors = await vectorsOf(
    used,
    texts.flatMap(({ said, act, mandate }) => [said, act, ...mandate]),
  );
  const between = (a: string, b: string): number => {
    const [left, right] = [vectors.get(a), vectors.get(b)];
    return left === undefined || right === undefined ? 1 : cosineDistance(left, right);
  };
  return texts.map(({ said, act, mandate }) => ({
    reasoningDistance: saysNothing(said)
      ? null
      : Math.min(...mandate.map((text) => between(said, text))),
    actDistance: saysNothing(said) ? null : between(said, act),
    distanceModel: used.name,
  }));
}

const inWords = (act: string) => act.replaceAll(/[-.]/g, " ");

/** The mandate in sentences: each act of the cluster with its purpose; purpose and goal where the rules name no act. */
function mandateOf({ goal, clusterPurpose, clusterActs }: StatedStep): readonly string[] {
  if (clusterPurpose === null) return [goal];
  if (clusterActs === undefined || clusterActs.length === 0) return [goal, clusterPurpose];
  return clusterActs.map((act) => `${inWords(act)} in order to ${clusterPurpose}`);
}

const saysNothing = (text: string) => !/\p{L}{2}/u.test(text);

async function vectorsOf(
  model: TextModel,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const result = new Map<string, Float32Array>();
  const missing: string[] = [];
  for (const text of new Set(texts)) {
    const cached = recall(keyOf(model, text));
    if (cached === undefined) missing.push(text);
    else result.set(text, cached);
  }
  const vectors = await model.embed(missing);
  missing.forEach((text, index) => {
    const vector = vectors[index];
    if (vector === undefined) return;
    result.set(text, vector);
    remember(keyOf(model, text), vector);
  });
  return result;
}

const keyOf = (model: TextModel, text: string) =>
  `${model.name} ${createHash("sha256").update(text).digest("base64url")}`;

/** A Map keeps the order of insertion: what was used last goes to the end, what is oldest leaves first. */
function recall(key: string): Float32Array | undefined {
  const vector = cache.get(key);
  if (vector === undefined) return undefined;
  cache.delete(key);
  cache.set(key, vector);
  return vector;
}

function remember(key: string, vector: Float32Array): void {
  cache.set(key, vector);
  const oldest = cache.keys().next().value;
  if (cache.size > MOST_CACHED && oldest !== undefined) cache.delete(oldest);
}

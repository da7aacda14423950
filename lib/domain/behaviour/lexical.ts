/** Lexical stand-in for a sentence embedding, for where the model can't load. It sees spelling, not meaning. */

export const LEXICAL_MODEL = "lexical-2";
const SIZE = 512;

/** Words that say nothing about the subject. */
const STOP = new Set(
  "a an and are as at be by can do for from has have i if in is it its may must no not of on only or so that the their then there this to was were which will with".split(
    " ",
  ),
);

/**
 * Hashed bag of words and of character trigrams within words (signed feature hashing, FNV-1a), length 1. A text without a
 * word is the zero vector.
 */
export function lexicalVector(text: string): Float32Array {
  const vector = new Float32Array(SIZE);
  for (const word of wordsOf(text)) {
    add(vector, word, 1);
    const padded = `^${word}$`;
    for (let i = 0; i + 3 <= padded.length; i += 1) add(vector, `3${padded.slice(i, i + 3)}`, 0.4);
  }
  return normalise(vector);
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}]{2,}/gu) ?? [];
  return words.filter((word) => !STOP.has(word));
}

function add(vector: Float32Array, feature: string, weight: number): void {
  const hash = fnv1a(feature);
  const index = hash % SIZE;
  vector[index] = (vector[index] ?? 0) + (hash & 0x40000000 ? weight : -weight);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}

function normalise(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** 1 − cosine, in [0, 1]: 0 for the same direction, 1 for unrelated, opposed or empty texts. */
export function cosineDistance(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let i = 0; i < a.length; i += 1) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    dot += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  if (lengthA === 0 || lengthB === 0) return 1;
  return Math.min(1, Math.max(0, 1 - dot / Math.sqrt(lengthA * lengthB)));
}

/**
 * What two requests of one kind share: identifiers, amounts and dates become "#", so that the words are compared and one
 * measurement serves every invoice.
 */
export function masked(text: string): string {
  return text
    .replaceAll(/\S*\d\S*/g, "#")
    .replaceAll(/(?:#\s*)+/g, "# ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

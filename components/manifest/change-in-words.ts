import { conditionInWords } from "@/lib/domain/manifest/condition-in-words";
import { listInWords, resourceInWords } from "@/lib/domain/manifest/humanise";

/**
 * One side of a change in words, where the difference gives it as the machine reads it (a condition, patterns); null
 * where it is words already or can't be said without losing something.
 */
export function changeInWords(
  path: string,
  text: string,
  currency: string | undefined,
): string | null {
  if (path.endsWith("/when")) return conditionInWords(text, currency);
  if (!path.endsWith("/resources")) return null;
  return listInWords(text.split(", ").map((pattern) => resourceInWords(pattern, true)));
}

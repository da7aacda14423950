import type { IntentManifest } from "./manifest";
import { plainEnglish } from "./plain-english";

/** One rule of a task cluster in plain English; null where the manifest has no such rule. `index` counts from 0. */
export function ruleInWords(
  manifest: IntentManifest,
  rule: { readonly clusterId: string; readonly index: number },
  reader: { readonly you: boolean } = { you: false },
): string | null {
  const cluster = manifest.clusters.findIndex(({ id }) => id === rule.clusterId);
  const path = `/clusters/${cluster}/rules/${rule.index}`;
  const { may, mayWithConfirmation } = plainEnglish(manifest, reader);
  return [...may, ...mayWithConfirmation].find((sentence) => sentence.path === path)?.text ?? null;
}

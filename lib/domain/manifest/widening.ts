import type { IntentManifest } from "./manifest";

/** One thing that was widened, for the owner who gets the draft. `path` is a JSON pointer into the amended manifest. */
export type AmendStep = { readonly title: string; readonly path: string };

/** One widening, or why there is none. */
export type Widening =
  | { readonly manifest: IntentManifest; readonly step: AmendStep }
  | { readonly why: string };

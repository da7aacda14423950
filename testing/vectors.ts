import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";

const FOLDER = path.resolve(import.meta.dirname, "../../shared/vectors");

/**
 * Published test vectors (RFC 8785, RFC 9162, C2SP notes, Wycheproof). They lie beside the project, not in it:
 * where they are absent, tests over them are skipped and say so: `describe.skipIf(vectors === null)`.
 */
export function readVectors<T>(file: string, schema: z.ZodType<T>): T | null {
  const full = path.join(FOLDER, file);
  return existsSync(full) ? schema.parse(JSON.parse(readFileSync(full, "utf8"))) : null;
}
